INSERT INTO "categories" ("name") VALUES ($1);
-- params: 'Books'

INSERT INTO "categories" ("id", "name") VALUES ($1, $2), ($3, $4);
-- params: 1, 'Books', 2, 'Toys'
