-- hazard: drops order_items and its rows
-- expect no rows (another table refers to order_items: its rows would be deleted or changed)
SELECT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table' AND m.name <> 'order_items' AND f."table" = 'order_items' COLLATE NOCASE;

DROP TABLE "order_items";
