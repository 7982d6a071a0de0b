-- alone
-- hazard: rebuilds products
ALTER TABLE `products` MODIFY COLUMN `name` VARCHAR(200);
