SELECT "id", "name" FROM "products" ORDER BY "id";

SELECT "id" FROM "products" WHERE "sku" IN ($1);
-- params: 'B-1'

SELECT "id" FROM "products" WHERE "sku" IN ($1, $2);
-- params: 'B-1', 'B-2'

SELECT "id" FROM "products" WHERE ("name" = $1 AND "category_id" = $2) OR ("name" = $3 AND "category_id" IS NULL);
-- params: 'Book', 1, 'Toy'

SELECT "id" FROM "products" WHERE 1 = 0;
