-- hazard: drops the values of products.name
DROP INDEX "idx_products_name";

ALTER TABLE "products" DROP COLUMN "name";
