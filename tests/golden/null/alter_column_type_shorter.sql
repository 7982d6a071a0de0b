-- hazard: converts the values of products.name from string(200) to string(20)
ALTER TABLE "products" ALTER COLUMN "name" SET DATA TYPE VARCHAR(20);
