-- note: customers: SQLite keeps no comments
-- note: customers.name: SQLite keeps no comments

CREATE TABLE "customers" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name" TEXT NOT NULL CHECK (length("name") <= 40)
);
