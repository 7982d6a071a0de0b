-- alone
CREATE INDEX `idx_products_price` ON `products` (`price` DESC);
