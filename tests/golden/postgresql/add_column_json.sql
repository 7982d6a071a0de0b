-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ADD COLUMN "attributes" JSONB;
