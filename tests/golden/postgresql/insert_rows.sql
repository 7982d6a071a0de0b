INSERT INTO "categories" ("id", "name") VALUES ($1, $2), ($3, $4);
-- params: 1, 'Books', 2, 'Toys'

LOCK TABLE "categories" IN SHARE ROW EXCLUSIVE MODE;

SELECT setval(pg_get_serial_sequence('"categories"', 'id'), max("id")) FROM "categories" HAVING max("id") > coalesce(pg_sequence_last_value(pg_get_serial_sequence('"categories"', 'id')::regclass), 0);
