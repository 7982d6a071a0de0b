-- alone
ALTER TABLE `products` MODIFY COLUMN `stock` INT NOT NULL DEFAULT 0 COMMENT 'pieces in the warehouse';
