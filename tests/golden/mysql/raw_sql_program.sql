-- alone
CREATE TRIGGER stock_floor AFTER UPDATE ON products FOR EACH ROW BEGIN
  UPDATE products SET stock = 0 WHERE stock < 0;
  DELETE FROM order_items WHERE quantity = 0;
END;
