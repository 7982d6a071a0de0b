-- hazard: fails if products has rows: they would have no weight
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ADD COLUMN "weight" INTEGER NOT NULL;
