DELETE FROM "samples" WHERE "id" = ? AND "on" = ? AND "real" = ? AND "cost" = ? AND "day" = ? AND "hour" = ? AND "at" = ? AND "data" = ? AND "tags" = ? AND "raw" = ? AND "kind" IS NULL;
-- params: '00000000-0000-4000-8000-000000000001', 1, 0.5, '9.50', '2024-01-15', '09:00:00.000000', '2024-01-15 09:00:00.000000', '{"a":1}', '["x","y"]', X'0102'
