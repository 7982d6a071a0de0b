ALTER TABLE "products" ADD COLUMN "weight" INTEGER;
