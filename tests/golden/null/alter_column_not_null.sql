-- hazard: fails if products.description holds NULL
ALTER TABLE "products" ALTER COLUMN "description" SET NOT NULL;
