-- hazard: drops the values of products.category_id
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP CONSTRAINT "fk_products_category_id";

DROP INDEX "idx_products_category_id";

ALTER TABLE "products" DROP COLUMN "category_id";
