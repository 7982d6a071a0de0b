-- alone
CREATE INDEX `idx_products_stock` ON `products` (`stock`);
