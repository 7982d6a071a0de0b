-- alone
-- hazard: converts the values of products.name from string(200) to string(20)
-- hazard: copies products and blocks its writers meanwhile: a column changes its type
ALTER TABLE `products` MODIFY COLUMN `name` VARCHAR(20) NOT NULL;
