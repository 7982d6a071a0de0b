-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 1;
