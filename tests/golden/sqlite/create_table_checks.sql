CREATE TABLE "seats" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "letter" TEXT NOT NULL CHECK (length("letter") = 1),
  "number" INTEGER NOT NULL,
  CONSTRAINT "ck_seats_number" CHECK (number > 0),
  CONSTRAINT "ck_seats_letter" CHECK (letter IN ('A', 'B') OR number > 9)
);
