-- alone
-- hazard: fails if products has rows: they would have no weight
-- expect no rows (products has rows, and they would have no weight)
SELECT 1 FROM `products` LIMIT 1;

-- alone
ALTER TABLE `products` ADD COLUMN `weight` INT NOT NULL;
