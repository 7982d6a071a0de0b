SELECT "id" FROM "products" WHERE (description IS NULL OR stock < 0) ORDER BY "id" LIMIT 50;

UPDATE "products" SET "description" = name, "stock" = 0 WHERE "id" <= $1 AND (description IS NULL OR stock < 0);
-- params: 50

SELECT "id" FROM "products" WHERE "id" > $1 AND (description IS NULL OR stock < 0) ORDER BY "id" LIMIT 50;
-- params: 50

UPDATE "products" SET "description" = name, "stock" = 0 WHERE "id" > $1 AND "id" <= $2 AND (description IS NULL OR stock < 0);
-- params: 50, 99
