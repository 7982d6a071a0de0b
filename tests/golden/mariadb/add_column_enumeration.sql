-- alone
ALTER TABLE `products` ADD COLUMN `size` ENUM('small', 'large') NOT NULL DEFAULT 'small';
