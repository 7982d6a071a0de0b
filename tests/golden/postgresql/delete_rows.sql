DELETE FROM "categories" WHERE "id" = $1 AND "name" = $2;
-- params: 1, 'Books'

DELETE FROM "categories" WHERE "id" = $1 AND "name" = $2;
-- params: 2, 'Toys'
