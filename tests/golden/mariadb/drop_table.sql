-- alone
-- hazard: drops order_items and its rows
DROP TABLE `order_items`;
