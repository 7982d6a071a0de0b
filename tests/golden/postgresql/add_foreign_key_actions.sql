-- hazard: SHARE ROW EXCLUSIVE lock on order_items and products while it reads all rows of order_items
ALTER TABLE "order_items" ADD CONSTRAINT "fk_order_items_order_id" FOREIGN KEY ("order_id") REFERENCES "products" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
