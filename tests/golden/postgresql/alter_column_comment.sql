-- hazard: ACCESS EXCLUSIVE lock on products
COMMENT ON COLUMN "products"."stock" IS 'pieces in the warehouse';
