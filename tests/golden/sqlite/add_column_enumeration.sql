ALTER TABLE "products" ADD COLUMN "size" TEXT NOT NULL DEFAULT 'small' CONSTRAINT "en_products_size" CHECK ("size" IN ('small', 'large'));
