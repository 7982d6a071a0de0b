DELETE FROM `samples` WHERE `id` = ? AND `on` = ? AND `real` = CAST(? AS FLOAT) AND `cost` = CAST(? AS DECIMAL(8, 2)) AND `day` = ? AND `hour` = ? AND `at` = ? AND `data` = ? AND `tags` = ? AND `raw` = ? AND `kind` IS NULL;
-- params: '00000000-0000-4000-8000-000000000001', TRUE, 0.5, 9.50, '2024-01-15', '09:00:00.000000', '2024-01-15 09:00:00.000000', '{"a":1}', '["x","y"]', X'0102'
