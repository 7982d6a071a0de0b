-- alone
ALTER TABLE `products` RENAME TO `articles`;
