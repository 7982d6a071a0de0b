CREATE TABLE "seats" (
  "letter" TEXT NOT NULL CHECK (length("letter") = 1),
  "number" INTEGER NOT NULL,
  CONSTRAINT "pk_seats" PRIMARY KEY ("letter", "number")
);
