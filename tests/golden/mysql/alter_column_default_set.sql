-- alone
ALTER TABLE `products` MODIFY COLUMN `name` VARCHAR(200) NOT NULL DEFAULT 'it''s new';
