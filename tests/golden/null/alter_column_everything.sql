-- hazard: converts the values of products.stock from integer to string(20)
ALTER TABLE "products" ALTER COLUMN "stock" DROP DEFAULT;

ALTER TABLE "products" ALTER COLUMN "stock" SET DATA TYPE VARCHAR(20);

ALTER TABLE "products" ALTER COLUMN "stock" SET DEFAULT 'none';

ALTER TABLE "products" ALTER COLUMN "stock" DROP NOT NULL;

COMMENT ON COLUMN "products"."stock" IS 'pieces in the warehouse';
