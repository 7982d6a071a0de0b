-- hazard: ACCESS EXCLUSIVE lock on products while it builds the index
ALTER TABLE "products" ADD COLUMN "ean" VARCHAR(13);

ALTER TABLE "products" ADD CONSTRAINT "uq_products_ean" UNIQUE ("ean");
