UPDATE products SET description = 'a;b';
