-- hazard: drops the values of products.status
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP CONSTRAINT "en_products_status";

ALTER TABLE "products" DROP COLUMN "status";
