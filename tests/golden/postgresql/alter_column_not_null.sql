-- hazard: fails if products.description holds NULL
-- hazard: ACCESS EXCLUSIVE lock on products while it reads all rows
ALTER TABLE "products" ALTER COLUMN "description" SET NOT NULL;
