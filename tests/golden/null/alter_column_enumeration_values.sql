-- hazard: converts the values of products.status from enumeration('draft','active') to enumeration('draft','active','retired')
ALTER TABLE "products" DROP CONSTRAINT "en_products_status";

ALTER TABLE "products" ALTER COLUMN "status" DROP DEFAULT;

ALTER TABLE "products" ALTER COLUMN "status" SET DATA TYPE VARCHAR(7);

ALTER TABLE "products" ALTER COLUMN "status" SET DEFAULT 'draft';

ALTER TABLE "products" ADD CONSTRAINT "en_products_status" CHECK ("status" IN ('draft', 'active', 'retired'));
