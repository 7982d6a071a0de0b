-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" RENAME TO "articles";

ALTER INDEX IF EXISTS "pk_products" RENAME TO "pk_articles";

ALTER TABLE "articles" RENAME CONSTRAINT "en_products_status" TO "en_articles_status";
