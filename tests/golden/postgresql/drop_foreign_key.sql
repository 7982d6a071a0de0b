-- hazard: ACCESS EXCLUSIVE lock on order_items
ALTER TABLE "order_items" DROP CONSTRAINT "fk_order_items_product_id";
