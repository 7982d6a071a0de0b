-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ADD COLUMN "pieces" INTEGER;

COMMENT ON COLUMN "products"."pieces" IS 'pieces in the warehouse';
