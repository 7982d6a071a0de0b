-- alone
-- hazard: copies products and blocks its writers meanwhile: the default is computed for each row
ALTER TABLE `products` ADD COLUMN `created_at` DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6));
