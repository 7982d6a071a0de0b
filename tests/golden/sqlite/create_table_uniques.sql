CREATE TABLE "seats" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "letter" TEXT NOT NULL CHECK (length("letter") = 1),
  "number" INTEGER NOT NULL,
  CONSTRAINT "uq_seats_number" UNIQUE ("number"),
  CONSTRAINT "uq_seats_letter_number" UNIQUE ("letter", "number")
);
