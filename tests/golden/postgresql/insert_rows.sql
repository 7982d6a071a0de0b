INSERT INTO "categories" ("id", "name") VALUES ($1, $2), ($3, $4);
-- params: 1, 'Books', 2, 'Toys'

SELECT setval(pg_get_serial_sequence('"categories"', 'id'), greatest(max("id"), nextval(pg_get_serial_sequence('"categories"', 'id')) - 1, 1)) FROM "categories";
