SELECT "id" FROM "products" WHERE (description IS NULL OR stock < 0) ORDER BY "id" LIMIT 50;

UPDATE "products" SET "description" = name, "stock" = iif(typeof(0) = 'real', round(0, 0), 0) WHERE "id" <= ? AND (description IS NULL OR stock < 0);
-- params: 50

SELECT "id" FROM "products" WHERE "id" > ? AND (description IS NULL OR stock < 0) ORDER BY "id" LIMIT 50;
-- params: 50

UPDATE "products" SET "description" = name, "stock" = iif(typeof(0) = 'real', round(0, 0), 0) WHERE "id" > ? AND "id" <= ? AND (description IS NULL OR stock < 0);
-- params: 50, 99
