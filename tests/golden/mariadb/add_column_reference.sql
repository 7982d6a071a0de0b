-- alone
-- hazard: copies products and blocks its writers meanwhile: each row is checked against the foreign key
ALTER TABLE `products`
  ADD COLUMN `owner_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci,
  ADD KEY `fk_products_owner_id` (`owner_id`),
  ADD CONSTRAINT `fk_products_owner_id` FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION;
