-- hazard: drops the values of products.description
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP COLUMN "description";
