-- alone
ALTER TABLE `products` ADD COLUMN `attributes` JSON;
