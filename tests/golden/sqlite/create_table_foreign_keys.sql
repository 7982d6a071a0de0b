CREATE TABLE "reviews" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" TEXT NOT NULL,
  "product_id" INTEGER,
  "parent_id" INTEGER,
  "order_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  CONSTRAINT "fk_reviews_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT "fk_reviews_product_id" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "fk_reviews_parent_id" FOREIGN KEY ("parent_id") REFERENCES "reviews" ("id") ON DELETE RESTRICT,
  CONSTRAINT "fk_reviews_order_id_line" FOREIGN KEY ("order_id", "line") REFERENCES "order_items" ("order_id", "line")
);
