-- alone
CREATE TABLE `seats` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `letter` CHAR(1) NOT NULL,
  `number` INT NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_seats_number` (`number`),
  UNIQUE KEY `uq_seats_letter_number` (`letter`, `number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin;
