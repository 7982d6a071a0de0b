-- hazard: ACCESS EXCLUSIVE lock on products
-- hazard: SHARE ROW EXCLUSIVE lock on users
ALTER TABLE "products" ADD COLUMN "owner_id" UUID;

ALTER TABLE "products" ADD CONSTRAINT "fk_products_owner_id" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE;
