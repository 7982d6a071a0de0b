-- alone
-- hazard: drops the values of products.sku
ALTER TABLE `products`
  DROP INDEX `uq_products_sku`,
  DROP COLUMN `sku`;
