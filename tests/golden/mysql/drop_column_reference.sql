-- alone
-- hazard: drops the values of products.category_id
ALTER TABLE `products`
  DROP FOREIGN KEY `fk_products_category_id`,
  DROP INDEX `idx_products_category_id`,
  DROP COLUMN `category_id`;
