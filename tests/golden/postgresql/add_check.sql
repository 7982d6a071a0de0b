-- hazard: ACCESS EXCLUSIVE lock on products while it reads all rows
ALTER TABLE "products" ADD CONSTRAINT "ck_products_stock" CHECK (stock >= 0);
