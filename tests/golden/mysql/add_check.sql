-- alone
-- hazard: copies products and blocks its writers meanwhile: each row is checked against it
ALTER TABLE `products` ADD CONSTRAINT `ck_products_stock` CHECK (stock >= 0);
