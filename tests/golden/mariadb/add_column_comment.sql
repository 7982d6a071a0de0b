-- alone
ALTER TABLE `products` ADD COLUMN `pieces` INT COMMENT 'pieces in the warehouse';
