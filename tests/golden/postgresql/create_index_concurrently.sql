-- alone
-- hazard: waits for all older transactions that use products
-- hazard: leaves the INVALID index idx_products_stock behind if it fails
CREATE INDEX CONCURRENTLY "idx_products_stock" ON "products" ("stock");
