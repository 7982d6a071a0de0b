-- alone
CREATE TABLE `seats` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `letter` CHAR(1) NOT NULL,
  `number` INT NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `ck_seats_number` CHECK (number > 0),
  CONSTRAINT `ck_seats_letter` CHECK (letter IN ('A', 'B') OR number > 9)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin;
