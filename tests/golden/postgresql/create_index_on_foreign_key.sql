-- hazard: SHARE lock on order_items: no writes while the index is built
CREATE INDEX "idx_order_items_product_id_line" ON "order_items" ("product_id", "line");
