DELETE FROM "products" WHERE "sku" = $1;
-- params: 'B-1'

DELETE FROM "order_items" WHERE "order_id" = $1 AND "note" IS NULL;
-- params: 1

DELETE FROM "users";
