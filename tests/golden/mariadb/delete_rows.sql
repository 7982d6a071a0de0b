DELETE FROM `categories` WHERE `id` = ? AND `name` = ?;
-- params: 1, 'Books'

DELETE FROM `categories` WHERE `id` = ? AND `name` = ?;
-- params: 2, 'Toys'
