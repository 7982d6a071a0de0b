-- hazard: ACCESS EXCLUSIVE lock on products while it builds its indexes anew
ALTER TABLE "products" ALTER COLUMN "name" TYPE VARCHAR(200) COLLATE "C";
