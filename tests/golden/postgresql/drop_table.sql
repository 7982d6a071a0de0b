-- hazard: drops order_items and its rows
-- hazard: ACCESS EXCLUSIVE lock on order_items
DROP TABLE "order_items";
