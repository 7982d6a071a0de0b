-- hazard: ACCESS EXCLUSIVE lock on products
ALTER TABLE "products" ALTER COLUMN "name" SET DEFAULT 'it''s new';
