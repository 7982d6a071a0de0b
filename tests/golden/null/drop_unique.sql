ALTER TABLE "products" DROP CONSTRAINT "uq_products_sku";
