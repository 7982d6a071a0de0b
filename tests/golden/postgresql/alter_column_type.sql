-- hazard: converts the values of products.stock from integer to bigint
-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table and its indexes
ALTER TABLE "products" ALTER COLUMN "stock" DROP DEFAULT, ALTER COLUMN "stock" TYPE BIGINT, ALTER COLUMN "stock" SET DEFAULT 0;
