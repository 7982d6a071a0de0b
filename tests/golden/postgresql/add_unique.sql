-- hazard: ACCESS EXCLUSIVE lock on products while it builds the index
ALTER TABLE "products" ADD CONSTRAINT "uq_products_name_sku" UNIQUE ("name", "sku");
