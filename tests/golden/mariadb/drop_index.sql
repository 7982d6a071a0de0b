-- alone
DROP INDEX `idx_products_name` ON `products`;
