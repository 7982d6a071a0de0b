DELETE FROM `products` WHERE `sku` = ?;
-- params: 'B-1'

DELETE FROM `order_items` WHERE `order_id` = ? AND `note` IS NULL;
-- params: 1

DELETE FROM `users`;
