ALTER TABLE "products" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 1 CONSTRAINT "ck_products_weight" CHECK (weight > 0);
