ALTER TABLE "products" RENAME COLUMN "status" TO "state";

ALTER TABLE "products" DROP CONSTRAINT "en_products_status";

ALTER TABLE "products" ADD CONSTRAINT "en_products_state" CHECK ("state" IN ('draft', 'active'));
