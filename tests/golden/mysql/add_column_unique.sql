-- alone
ALTER TABLE `products`
  ADD COLUMN `ean` VARCHAR(13),
  ADD UNIQUE KEY `uq_products_ean` (`ean`);
