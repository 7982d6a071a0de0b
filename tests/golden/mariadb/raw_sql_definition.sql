-- alone
CREATE VIEW cheap AS SELECT id, name FROM products WHERE price < 10;
