-- alone
ALTER TABLE `products` MODIFY COLUMN `stock` INT NOT NULL;
