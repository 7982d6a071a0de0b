-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ADD COLUMN "size" TEXT NOT NULL DEFAULT 'small';

ALTER TABLE "products" ADD CONSTRAINT "en_products_size" CHECK ("size" IN ('small', 'large'));
