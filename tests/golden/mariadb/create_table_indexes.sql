-- alone
CREATE TABLE `events` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `kind` VARCHAR(40) NOT NULL,
  `at` DATETIME(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_events_kind_at` (`kind`, `at` DESC),
  UNIQUE KEY `idx_events_at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
