-- alone
ALTER TABLE `order_items`
  DROP INDEX `idx_order_items_product_id`,
  ADD KEY `fk_order_items_product_id` (`product_id`);
