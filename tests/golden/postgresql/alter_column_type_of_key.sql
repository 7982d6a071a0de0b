-- hazard: converts the values of order_items.line from integer to bigint
-- hazard: ACCESS EXCLUSIVE lock on order_items while it rewrites the table and its indexes
ALTER TABLE "order_items" ALTER COLUMN "line" TYPE BIGINT;
