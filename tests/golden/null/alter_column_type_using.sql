-- hazard: converts the values of products.price from decimal<12,2> to bigint
ALTER TABLE "products" ALTER COLUMN "price" SET DATA TYPE BIGINT USING price * 100;
