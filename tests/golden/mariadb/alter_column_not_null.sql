-- alone
-- hazard: fails if products.description holds NULL
-- hazard: rebuilds products
ALTER TABLE `products` MODIFY COLUMN `description` LONGTEXT NOT NULL;
