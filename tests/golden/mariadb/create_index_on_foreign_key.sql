-- alone
CREATE INDEX `idx_order_items_product_id_line` ON `order_items` (`product_id`, `line`);
