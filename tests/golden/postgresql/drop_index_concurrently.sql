-- alone
-- hazard: waits for all transactions that use products
DROP INDEX CONCURRENTLY "idx_products_name";
