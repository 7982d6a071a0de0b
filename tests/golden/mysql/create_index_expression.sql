-- alone
CREATE INDEX `idx_products_lower_name` ON `products` ((lower(name)));
