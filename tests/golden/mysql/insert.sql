INSERT INTO `categories` (`name`) VALUES (?);
-- params: 'Books'

INSERT INTO `categories` (`id`, `name`) VALUES (?, ?), (?, ?);
-- params: 1, 'Books', 2, 'Toys'
