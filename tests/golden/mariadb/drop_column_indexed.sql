-- alone
-- hazard: drops the values of products.name
ALTER TABLE `products`
  DROP INDEX `idx_products_name`,
  DROP COLUMN `name`;
