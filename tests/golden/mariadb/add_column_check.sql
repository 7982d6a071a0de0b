-- alone
ALTER TABLE `products`
  ADD COLUMN `weight` INT NOT NULL DEFAULT 1,
  ADD CONSTRAINT `ck_products_weight` CHECK (weight > 0);
