-- alone
ALTER TABLE `products` DROP CONSTRAINT `ck_products_price`;
