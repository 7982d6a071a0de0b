CREATE TABLE "numbers" (
  "number" INTEGER
);
