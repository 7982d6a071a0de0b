-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ALTER COLUMN "stock" SET DEFAULT (1 + 2);
