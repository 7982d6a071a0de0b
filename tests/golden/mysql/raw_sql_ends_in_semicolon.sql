UPDATE products SET stock = 0;
