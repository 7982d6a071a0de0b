-- hazard: drops the values of products.status
ALTER TABLE "products" DROP CONSTRAINT "en_products_status";

ALTER TABLE "products" DROP COLUMN "status";
