-- alone
-- hazard: converts the values of order_items.line from integer to bigint
-- hazard: copies order_items and blocks its writers meanwhile: a column changes its type
ALTER TABLE `order_items` MODIFY COLUMN `line` BIGINT NOT NULL;
