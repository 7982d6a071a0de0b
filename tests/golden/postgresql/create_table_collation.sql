CREATE TABLE "codes" (
  "code" VARCHAR(10) COLLATE "C" NOT NULL,
  CONSTRAINT "pk_codes" PRIMARY KEY ("code")
);
