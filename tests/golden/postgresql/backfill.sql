SELECT "id" FROM "products" ORDER BY "id" LIMIT 1000;

UPDATE "products" SET "stock" = stock + 1 WHERE "id" <= $1;
-- params: 1000

SELECT "id" FROM "products" WHERE "id" > $1 ORDER BY "id" LIMIT 1000;
-- params: 1000

UPDATE "products" SET "stock" = stock + 1 WHERE "id" > $1 AND "id" <= $2;
-- params: 1000, 2000
