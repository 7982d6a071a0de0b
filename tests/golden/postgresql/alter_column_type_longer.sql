-- hazard: converts the values of products.name from string(200) to string(400)
-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ALTER COLUMN "name" TYPE VARCHAR(400);
