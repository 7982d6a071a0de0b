-- alone
-- hazard: drops the values of products.description
ALTER TABLE `products` DROP COLUMN `description`;
