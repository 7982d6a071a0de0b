-- alone
ALTER TABLE `products` RENAME COLUMN `category_id` TO `section_id`;
