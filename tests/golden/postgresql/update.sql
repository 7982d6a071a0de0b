UPDATE "products" SET "price" = $1, "stock" = $2 WHERE "sku" = $3;
-- params: 9.50, 3, 'B-1'

UPDATE "products" SET "description" = $1 WHERE "name" = $2 AND "category_id" IS NULL;
-- params: NULL, 'Book'
