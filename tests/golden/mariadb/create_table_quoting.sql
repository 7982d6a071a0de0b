-- alone
CREATE TABLE `order` (
  `select` INT NOT NULL,
  `group` ENUM('it''s', 'a\\b', 'c"d') NOT NULL,
  PRIMARY KEY (`select`),
  UNIQUE KEY `uq_order_group` (`group`),
  KEY `idx_order_group_select` (`group`, `select`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
