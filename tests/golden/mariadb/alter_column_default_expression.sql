-- alone
ALTER TABLE `products` MODIFY COLUMN `stock` INT NOT NULL DEFAULT (1 + 2);
