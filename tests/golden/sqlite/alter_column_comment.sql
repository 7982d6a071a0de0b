-- note: products.stock: SQLite keeps no comments

-- nothing
