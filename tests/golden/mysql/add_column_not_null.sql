-- alone
-- hazard: fails if products has rows: they would have no weight
ALTER TABLE `products` ADD COLUMN `weight` INT NOT NULL;
