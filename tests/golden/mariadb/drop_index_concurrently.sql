-- alone
ALTER TABLE `products`
  DROP INDEX `idx_products_name`,
  ALGORITHM=INPLACE,
  LOCK=NONE;
