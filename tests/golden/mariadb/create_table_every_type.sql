-- alone
CREATE TABLE `samples` (
  `a_boolean` TINYINT(1) NOT NULL,
  `a_smallint` SMALLINT NOT NULL,
  `an_integer` INT NOT NULL,
  `a_bigint` BIGINT NOT NULL,
  `a_decimal` DECIMAL(12, 2) NOT NULL,
  `a_wide_decimal` DECIMAL(30, 10) NOT NULL,
  `a_real` FLOAT NOT NULL,
  `a_double` DOUBLE NOT NULL,
  `a_string` VARCHAR(200) NOT NULL,
  `a_text` LONGTEXT NOT NULL,
  `a_character` CHAR(2) NOT NULL,
  `a_uuid` CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `a_short_binary` VARBINARY(16) NOT NULL,
  `a_binary` LONGBLOB NOT NULL,
  `a_date` DATE NOT NULL,
  `a_time` TIME(6) NOT NULL,
  `a_timestamp` DATETIME(6) NOT NULL,
  `a_json` JSON NOT NULL,
  `a_text_array` JSON NOT NULL,
  `an_enumeration` ENUM('small', 'large') NOT NULL,
  PRIMARY KEY (`a_uuid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
