CREATE TABLE "numbers" (
  "number" INTEGER NOT NULL,
  CONSTRAINT "pk_numbers" PRIMARY KEY ("number")
);
