ALTER TABLE "products" ADD CONSTRAINT "uq_products_name_sku" UNIQUE ("name", "sku");
