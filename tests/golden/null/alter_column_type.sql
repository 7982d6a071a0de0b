-- hazard: converts the values of products.stock from integer to bigint
ALTER TABLE "products" ALTER COLUMN "stock" DROP DEFAULT;

ALTER TABLE "products" ALTER COLUMN "stock" SET DATA TYPE BIGINT;

ALTER TABLE "products" ALTER COLUMN "stock" SET DEFAULT 0;
