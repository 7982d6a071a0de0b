-- hazard: ACCESS EXCLUSIVE lock on products while it reads all rows
ALTER TABLE "products" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "products" ADD CONSTRAINT "ck_products_weight" CHECK (weight > 0);
