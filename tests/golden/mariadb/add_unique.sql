-- alone
ALTER TABLE `products` ADD UNIQUE KEY `uq_products_name_sku` (`name`, `sku`);
