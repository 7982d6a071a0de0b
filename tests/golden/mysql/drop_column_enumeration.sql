-- alone
-- hazard: drops the values of products.status
ALTER TABLE `products` DROP COLUMN `status`;
