-- alone
ALTER TABLE `products` ADD COLUMN `weight` INT;
