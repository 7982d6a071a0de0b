-- alone
-- hazard: converts the values of products.stock from integer to string(20)
-- hazard: copies products and blocks its writers meanwhile: a column changes its type
ALTER TABLE `products` MODIFY COLUMN `stock` VARCHAR(20) DEFAULT 'none' COMMENT 'pieces in the warehouse';
