-- alone
ALTER TABLE `products` ADD COLUMN `tags` JSON;
