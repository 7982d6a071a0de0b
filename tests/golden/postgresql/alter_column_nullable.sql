-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ALTER COLUMN "name" DROP NOT NULL;
