CREATE TABLE "events" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "kind" TEXT NOT NULL CHECK (length("kind") <= 40),
  "at" TEXT NOT NULL
);

CREATE INDEX "idx_events_kind_at" ON "events" ("kind", "at" DESC);

CREATE UNIQUE INDEX "idx_events_at" ON "events" ("at");
