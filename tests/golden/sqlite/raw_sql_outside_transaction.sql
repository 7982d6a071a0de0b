-- alone
ANALYZE products;
