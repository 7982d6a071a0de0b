-- alone
ALTER TABLE `order_items` DROP FOREIGN KEY `fk_order_items_product_id`;
