SELECT "id" FROM "products" ORDER BY "id" LIMIT 1000;

UPDATE "products" SET "stock" = iif(typeof(stock + 1) = 'real', round(stock + 1, 0), stock + 1) WHERE "id" <= ?;
-- params: 1000

SELECT "id" FROM "products" WHERE "id" > ? ORDER BY "id" LIMIT 1000;
-- params: 1000

UPDATE "products" SET "stock" = iif(typeof(stock + 1) = 'real', round(stock + 1, 0), stock + 1) WHERE "id" > ? AND "id" <= ?;
-- params: 1000, 2000
