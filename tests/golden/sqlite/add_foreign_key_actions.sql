-- rebuilds: order_items
-- suspend foreign keys

-- hazard: copies all rows of order_items into a new table; writers wait
-- expect a value, remembered as rows of order_items
SELECT count(*) FROM "order_items";

SELECT dbctl_keep('order_items');

CREATE TABLE "dbctl_rebuild_order_items" (
  "order_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "product_id" INTEGER NOT NULL,
  "quantity" INTEGER NOT NULL DEFAULT 1,
  "note" TEXT CHECK (length("note") <= 200),
  CONSTRAINT "pk_order_items" PRIMARY KEY ("order_id", "line"),
  CONSTRAINT "fk_order_items_product_id" FOREIGN KEY ("product_id") REFERENCES "products" ("id"),
  CONSTRAINT "fk_order_items_order_id" FOREIGN KEY ("order_id") REFERENCES "products" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

INSERT INTO "dbctl_rebuild_order_items" ("order_id", "line", "product_id", "quantity", "note") SELECT "order_id", "line", "product_id", "quantity", "note" FROM "order_items";

-- expect the value remembered as rows of order_items (not all rows of order_items were copied)
SELECT count(*) FROM "dbctl_rebuild_order_items";

PRAGMA legacy_alter_table = ON;

DROP TABLE "order_items";

ALTER TABLE "dbctl_rebuild_order_items" RENAME TO "order_items";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "idx_order_items_product_id" ON "order_items" ("product_id");

SELECT dbctl_restore('order_items');
