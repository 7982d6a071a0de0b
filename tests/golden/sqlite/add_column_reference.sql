ALTER TABLE "products" ADD COLUMN "owner_id" TEXT CONSTRAINT "fk_products_owner_id" REFERENCES "users" ("id") ON DELETE CASCADE;
