CREATE INDEX "idx_products_stock" ON "products" ("stock") WHERE stock > 0;
