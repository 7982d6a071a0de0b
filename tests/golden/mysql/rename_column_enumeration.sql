-- alone
ALTER TABLE `products` RENAME COLUMN `status` TO `state`;
