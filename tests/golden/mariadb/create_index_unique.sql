-- alone
CREATE UNIQUE INDEX `idx_products_name_sku` ON `products` (`name`, `sku`);
