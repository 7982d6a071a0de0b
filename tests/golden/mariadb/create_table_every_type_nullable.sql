-- alone
CREATE TABLE `samples` (
  `a_boolean` TINYINT(1),
  `a_smallint` SMALLINT,
  `an_integer` INT,
  `a_bigint` BIGINT,
  `a_decimal` DECIMAL(12, 2),
  `a_wide_decimal` DECIMAL(30, 10),
  `a_real` FLOAT,
  `a_double` DOUBLE,
  `a_string` VARCHAR(200),
  `a_text` LONGTEXT,
  `a_character` CHAR(2),
  `a_uuid` CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `a_short_binary` VARBINARY(16),
  `a_binary` LONGBLOB,
  `a_date` DATE,
  `a_time` TIME(6),
  `a_timestamp` DATETIME(6),
  `a_json` JSON,
  `a_text_array` JSON,
  `an_enumeration` ENUM('small', 'large'),
  PRIMARY KEY (`a_uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
