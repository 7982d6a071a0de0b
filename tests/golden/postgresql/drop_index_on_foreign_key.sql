-- hazard: ACCESS EXCLUSIVE lock on order_items
DROP INDEX "idx_order_items_product_id";
