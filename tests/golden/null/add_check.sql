ALTER TABLE "products" ADD CONSTRAINT "ck_products_stock" CHECK (stock >= 0);
