-- hazard: converts the values of products.stock from integer to string(20)
-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table and its indexes
ALTER TABLE "products" ALTER COLUMN "stock" DROP DEFAULT, ALTER COLUMN "stock" TYPE VARCHAR(20), ALTER COLUMN "stock" SET DEFAULT 'none';
