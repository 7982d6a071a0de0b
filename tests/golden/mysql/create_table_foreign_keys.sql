-- alone
CREATE TABLE `reviews` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `user_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `product_id` BIGINT,
  `parent_id` BIGINT,
  `order_id` BIGINT NOT NULL,
  `line` INT NOT NULL,
  PRIMARY KEY (`id`),
  KEY `fk_reviews_user_id` (`user_id`),
  KEY `fk_reviews_product_id` (`product_id`),
  KEY `fk_reviews_parent_id` (`parent_id`),
  KEY `fk_reviews_order_id_line` (`order_id`, `line`),
  CONSTRAINT `fk_reviews_user_id` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT `fk_reviews_product_id` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `fk_reviews_parent_id` FOREIGN KEY (`parent_id`) REFERENCES `reviews` (`id`) ON DELETE RESTRICT ON UPDATE NO ACTION,
  CONSTRAINT `fk_reviews_order_id_line` FOREIGN KEY (`order_id`, `line`) REFERENCES `order_items` (`order_id`, `line`) ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin;
