-- alone
ALTER TABLE `products` ADD COLUMN `weight` INT NOT NULL DEFAULT 1;
