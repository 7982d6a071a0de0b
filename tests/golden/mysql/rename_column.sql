-- alone
ALTER TABLE `products` RENAME COLUMN `description` TO `details`;
