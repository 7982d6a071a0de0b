SELECT "order_id", "line" FROM "order_items" WHERE (quantity > 1) ORDER BY "order_id", "line" LIMIT 1000;

UPDATE "order_items" SET "quantity" = iif(typeof(quantity * 2) = 'real', round(quantity * 2, 0), quantity * 2) WHERE ("order_id", "line") <= (?, ?) AND (quantity > 1);
-- params: 7, 2

SELECT "order_id", "line" FROM "order_items" WHERE ("order_id", "line") > (?, ?) AND (quantity > 1) ORDER BY "order_id", "line" LIMIT 1000;
-- params: 7, 2

UPDATE "order_items" SET "quantity" = iif(typeof(quantity * 2) = 'real', round(quantity * 2, 0), quantity * 2) WHERE ("order_id", "line") > (?, ?) AND ("order_id", "line") <= (?, ?) AND (quantity > 1);
-- params: 7, 2, 9, 1
