-- hazard: converts the values of products.price from decimal<12,2> to bigint
-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table and its indexes
ALTER TABLE "products" ALTER COLUMN "price" TYPE BIGINT USING price * 100;
