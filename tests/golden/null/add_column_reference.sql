ALTER TABLE "products" ADD COLUMN "owner_id" CHAR(36);

ALTER TABLE "products" ADD CONSTRAINT "fk_products_owner_id" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE;
