-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" DROP CONSTRAINT "uq_products_sku";
