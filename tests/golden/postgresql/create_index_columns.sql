-- hazard: SHARE lock on products: no writes while the index is built
CREATE INDEX "idx_products_status_price" ON "products" ("status", "price");
