CREATE TABLE "seats" (
  "letter" CHAR(1) NOT NULL,
  "number" INTEGER NOT NULL,
  CONSTRAINT "pk_seats" PRIMARY KEY ("letter", "number")
);
