-- hazard: drops the values of products.name
-- hazard: ACCESS EXCLUSIVE lock on products
DROP INDEX "idx_products_name";

ALTER TABLE "products" DROP COLUMN "name";
