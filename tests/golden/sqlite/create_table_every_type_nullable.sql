-- note: samples.a_wide_decimal: a decimal<30,10> is stored as text: exact, but compared as text

CREATE TABLE "samples" (
  "a_boolean" BOOLEAN,
  "a_smallint" INTEGER,
  "an_integer" INTEGER,
  "a_bigint" INTEGER,
  "a_decimal" NUMERIC(12, 2),
  "a_wide_decimal" TEXT,
  "a_real" REAL,
  "a_double" REAL,
  "a_string" TEXT CHECK (length("a_string") <= 200),
  "a_text" TEXT,
  "a_character" TEXT CHECK (length("a_character") = 2),
  "a_uuid" TEXT NOT NULL,
  "a_short_binary" BLOB CHECK (length("a_short_binary") <= 16),
  "a_binary" BLOB,
  "a_date" TEXT,
  "a_time" TEXT,
  "a_timestamp" TEXT,
  "a_json" TEXT CHECK ("a_json" IS NULL OR json_valid("a_json")),
  "a_text_array" TEXT CHECK (CASE WHEN json_valid("a_text_array") THEN json_type("a_text_array") = 'array' ELSE "a_text_array" IS NULL END),
  "an_enumeration" TEXT CONSTRAINT "en_samples_an_enumeration" CHECK ("an_enumeration" IN ('small', 'large')),
  CONSTRAINT "pk_samples" PRIMARY KEY ("a_uuid")
);
