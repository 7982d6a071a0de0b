DELETE FROM "samples" WHERE "id" = $1 AND "on" = $2 AND "real" = $3 AND "cost" = $4 AND "day" = $5 AND "hour" = $6 AND "at" = $7 AND "data" = $8 AND "tags" = $9 AND "raw" = $10 AND "kind" IS NULL;
-- params: '00000000-0000-4000-8000-000000000001', TRUE, 0.5, 9.50, '2024-01-15', '09:00:00.000000', '2024-01-15 09:00:00.000000+00', '{"a":1}'::jsonb, ARRAY['x', 'y']::text[], '\x0102'::bytea
