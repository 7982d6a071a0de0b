-- alone
-- hazard: converts the values of products.stock from integer to bigint
-- hazard: copies products and blocks its writers meanwhile: a column changes its type
ALTER TABLE `products` MODIFY COLUMN `stock` BIGINT NOT NULL DEFAULT 0;
