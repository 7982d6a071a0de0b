-- alone
CREATE INDEX `idx_products_status_price` ON `products` (`status`, `price`);
