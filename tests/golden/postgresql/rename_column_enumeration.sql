-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" RENAME COLUMN "status" TO "state";

ALTER TABLE "products" RENAME CONSTRAINT "en_products_status" TO "en_products_state";
