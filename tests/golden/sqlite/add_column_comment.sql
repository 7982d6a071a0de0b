-- note: products.pieces: SQLite keeps no comments

ALTER TABLE "products" ADD COLUMN "pieces" INTEGER;
