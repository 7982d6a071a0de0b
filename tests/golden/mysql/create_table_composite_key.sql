-- alone
CREATE TABLE `seats` (
  `letter` CHAR(1) NOT NULL,
  `number` INT NOT NULL,
  PRIMARY KEY (`letter`, `number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin;
