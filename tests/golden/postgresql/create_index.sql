-- hazard: SHARE lock on products: no writes while the index is built
CREATE INDEX "idx_products_stock" ON "products" ("stock");
