ALTER TABLE "products" ADD COLUMN "size" VARCHAR(5) NOT NULL DEFAULT 'small';

ALTER TABLE "products" ADD CONSTRAINT "en_products_size" CHECK ("size" IN ('small', 'large'));
