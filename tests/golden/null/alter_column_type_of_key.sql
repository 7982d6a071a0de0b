-- hazard: converts the values of order_items.line from integer to bigint
ALTER TABLE "order_items" ALTER COLUMN "line" SET DATA TYPE BIGINT;
