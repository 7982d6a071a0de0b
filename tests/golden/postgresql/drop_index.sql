-- hazard: ACCESS EXCLUSIVE lock on products
DROP INDEX "idx_products_name";
