ALTER TABLE "products" RENAME TO "articles";

ALTER TABLE "articles" DROP CONSTRAINT "en_products_status";

ALTER TABLE "articles" ADD CONSTRAINT "en_articles_status" CHECK ("status" IN ('draft', 'active'));
