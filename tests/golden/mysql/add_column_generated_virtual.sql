-- alone
ALTER TABLE `products` ADD COLUMN `twice` INT GENERATED ALWAYS AS (stock * 2) VIRTUAL;
