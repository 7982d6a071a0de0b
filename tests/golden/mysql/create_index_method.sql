-- note: index idx_products_stock: InnoDB keeps hash indexes as B-trees

-- alone
CREATE INDEX `idx_products_stock` ON `products` (`stock`) USING HASH;
