UPDATE `products` SET `price` = ?, `stock` = ? WHERE `sku` = ?;
-- params: 9.50, 3, 'B-1'

UPDATE `products` SET `description` = ? WHERE `name` = ? AND `category_id` IS NULL;
-- params: NULL, 'Book'
