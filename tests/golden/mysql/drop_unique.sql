-- alone
ALTER TABLE `products` DROP INDEX `uq_products_sku`;
