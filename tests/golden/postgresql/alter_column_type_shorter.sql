-- hazard: converts the values of products.name from string(200) to string(20)
-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table and its indexes
ALTER TABLE "products" ALTER COLUMN "name" TYPE VARCHAR(20);
