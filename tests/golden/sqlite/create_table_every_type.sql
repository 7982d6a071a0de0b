-- note: samples.a_wide_decimal: a decimal<30,10> is stored as text: exact, but compared as text

CREATE TABLE "samples" (
  "a_boolean" BOOLEAN NOT NULL,
  "a_smallint" INTEGER NOT NULL,
  "an_integer" INTEGER NOT NULL,
  "a_bigint" INTEGER NOT NULL,
  "a_decimal" NUMERIC(12, 2) NOT NULL,
  "a_wide_decimal" TEXT NOT NULL,
  "a_real" REAL NOT NULL,
  "a_double" REAL NOT NULL,
  "a_string" TEXT NOT NULL CHECK (length("a_string") <= 200),
  "a_text" TEXT NOT NULL,
  "a_character" TEXT NOT NULL CHECK (length("a_character") = 2),
  "a_uuid" TEXT NOT NULL,
  "a_short_binary" BLOB NOT NULL CHECK (length("a_short_binary") <= 16),
  "a_binary" BLOB NOT NULL,
  "a_date" TEXT NOT NULL,
  "a_time" TEXT NOT NULL,
  "a_timestamp" TEXT NOT NULL,
  "a_json" TEXT NOT NULL CHECK ("a_json" IS NULL OR json_valid("a_json")),
  "a_text_array" TEXT NOT NULL CHECK (CASE WHEN json_valid("a_text_array") THEN json_type("a_text_array") = 'array' ELSE "a_text_array" IS NULL END),
  "an_enumeration" TEXT NOT NULL CONSTRAINT "en_samples_an_enumeration" CHECK ("an_enumeration" IN ('small', 'large')),
  CONSTRAINT "pk_samples" PRIMARY KEY ("a_uuid")
);
