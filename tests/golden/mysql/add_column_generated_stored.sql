-- alone
-- hazard: copies products and blocks its writers meanwhile: a stored column is computed for each row
ALTER TABLE `products` ADD COLUMN `total` DECIMAL(14, 2) GENERATED ALWAYS AS (price * stock) STORED;
