-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ALTER COLUMN "stock" DROP DEFAULT;
