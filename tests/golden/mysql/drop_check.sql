-- alone
ALTER TABLE `products` DROP CHECK `ck_products_price`;
