-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table
ALTER TABLE "products" ADD COLUMN "total" NUMERIC(14, 2) GENERATED ALWAYS AS (price * stock) STORED;
