-- hazard: converts the values of products.status from enumeration('draft','active') to enumeration('draft','active','retired')
-- hazard: ACCESS EXCLUSIVE lock on products while it reads all rows
ALTER TABLE "products" DROP CONSTRAINT "en_products_status";

ALTER TABLE "products" ADD CONSTRAINT "en_products_status" CHECK ("status" IN ('draft', 'active', 'retired'));
