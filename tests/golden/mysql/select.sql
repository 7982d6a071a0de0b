SELECT `id`, `name` FROM `products` ORDER BY `id`;

SELECT `id` FROM `products` WHERE `sku` IN (?);
-- params: 'B-1'

SELECT `id` FROM `products` WHERE `sku` IN (?, ?);
-- params: 'B-1', 'B-2'

SELECT `id` FROM `products` WHERE (`name` = ? AND `category_id` = ?) OR (`name` = ? AND `category_id` IS NULL);
-- params: 'Book', 1, 'Toy'

SELECT `id` FROM `products` WHERE 1 = 0;
