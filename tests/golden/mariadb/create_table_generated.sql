-- note: lines.total: mariadb has no NOT NULL for generated columns; it is left out

-- alone
CREATE TABLE `lines` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `price` DECIMAL(12, 2) NOT NULL,
  `quantity` INT NOT NULL,
  `total` DECIMAL(14, 2) GENERATED ALWAYS AS (price * quantity) STORED,
  `twice` INT GENERATED ALWAYS AS (quantity * 2) VIRTUAL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
