COMMENT ON COLUMN "products"."stock" IS 'pieces in the warehouse';
