-- rebuilds: products
-- suspend foreign keys

-- hazard: converts the values of products.price from decimal<12,2> to bigint
-- hazard: copies all rows of products into a new table; writers wait
-- expect a value, remembered as rows of products
SELECT count(*) FROM "products";

-- expect a value, remembered as rows of order_items
SELECT count(*) FROM "order_items";

SELECT dbctl_keep('products');

CREATE TABLE "dbctl_rebuild_products" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name" TEXT NOT NULL CHECK (length("name") <= 200),
  "sku" TEXT NOT NULL CHECK (length("sku") <= 64),
  "price" INTEGER NOT NULL,
  "stock" INTEGER NOT NULL DEFAULT 0,
  "description" TEXT,
  "status" TEXT NOT NULL DEFAULT 'draft' CONSTRAINT "en_products_status" CHECK ("status" IN ('draft', 'active')),
  "category_id" INTEGER,
  CONSTRAINT "uq_products_sku" UNIQUE ("sku"),
  CONSTRAINT "ck_products_price" CHECK (price >= 0),
  CONSTRAINT "fk_products_category_id" FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE SET NULL
);

INSERT INTO "dbctl_rebuild_products" ("id", "name", "sku", "price", "stock", "description", "status", "category_id") SELECT "id", "name", "sku", iif(typeof(price * 100) = 'real', round(price * 100, 0), price * 100), "stock", "description", "status", "category_id" FROM "products";

-- expect no rows (products.price holds a value that does not fit bigint: say how to convert it with using_expression(…))
SELECT "price" FROM "dbctl_rebuild_products" WHERE typeof("price") NOT IN ('integer', 'null') LIMIT 1;

-- expect the value remembered as rows of products (not all rows of products were copied)
SELECT count(*) FROM "dbctl_rebuild_products";

DELETE FROM sqlite_sequence WHERE name = 'dbctl_rebuild_products';

INSERT INTO sqlite_sequence (name, seq) SELECT 'dbctl_rebuild_products', seq FROM sqlite_sequence WHERE name = 'products';

PRAGMA legacy_alter_table = ON;

DROP TABLE "products";

ALTER TABLE "dbctl_rebuild_products" RENAME TO "products";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "idx_products_name" ON "products" ("name");

CREATE INDEX "idx_products_category_id" ON "products" ("category_id");

SELECT dbctl_restore('products');

-- expect the value remembered as rows of order_items (rows of order_items would be lost)
SELECT count(*) FROM "order_items";
