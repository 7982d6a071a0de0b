CREATE TABLE "order" (
  "select" INTEGER NOT NULL,
  "group" TEXT NOT NULL CONSTRAINT "en_order_group" CHECK ("group" IN ('it''s', 'a\b', 'c"d')),
  CONSTRAINT "pk_order" PRIMARY KEY ("select"),
  CONSTRAINT "uq_order_group" UNIQUE ("group")
);

CREATE INDEX "idx_order_group_select" ON "order" ("group", "select");
