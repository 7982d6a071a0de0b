-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" RENAME COLUMN "description" TO "details";
