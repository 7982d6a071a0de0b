ALTER TABLE "products" ADD COLUMN "tags" TEXT CHECK (CASE WHEN json_valid("tags") THEN json_type("tags") = 'array' ELSE "tags" IS NULL END);
