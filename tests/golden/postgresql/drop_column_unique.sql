-- hazard: drops the values of products.sku
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP CONSTRAINT "uq_products_sku";

ALTER TABLE "products" DROP COLUMN "sku";
