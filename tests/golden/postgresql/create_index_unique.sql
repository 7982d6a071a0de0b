-- hazard: SHARE lock on products: no writes while the index is built
CREATE UNIQUE INDEX "idx_products_name_sku" ON "products" ("name", "sku");
