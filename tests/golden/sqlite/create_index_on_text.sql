CREATE INDEX "idx_products_description" ON "products" ("description");
