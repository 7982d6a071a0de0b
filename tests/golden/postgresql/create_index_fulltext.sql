-- hazard: SHARE lock on products: no writes while the index is built
CREATE INDEX "idx_products_name_description" ON "products" USING gin ((to_tsvector('simple', coalesce("name", '') || ' ' || coalesce("description", ''))));
