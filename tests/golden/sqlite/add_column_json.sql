ALTER TABLE "products" ADD COLUMN "attributes" TEXT CHECK ("attributes" IS NULL OR json_valid("attributes"));
