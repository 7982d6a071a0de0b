-- alone
-- hazard: converts the values of products.name from string(200) to string(400)
ALTER TABLE `products` MODIFY COLUMN `name` VARCHAR(400) NOT NULL;
