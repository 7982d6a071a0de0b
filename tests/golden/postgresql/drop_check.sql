-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP CONSTRAINT "ck_products_price";
