-- hazard: ACCESS EXCLUSIVE lock on products while it rewrites the table and its indexes
ALTER TABLE "products" ALTER COLUMN "name" TYPE VARCHAR(200) COLLATE "C";
