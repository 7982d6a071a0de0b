INSERT INTO "samples" ("id", "on", "real", "cost", "day", "hour", "at", "data", "tags", "raw", "kind") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
-- params: '00000000-0000-4000-8000-000000000001', TRUE, 0.5, 9.50, '2024-01-15', '09:00:00.000000', '2024-01-15 09:00:00.000000+00', '{"a":1}'::jsonb, ARRAY['x', 'y']::text[], '\x0102'::bytea, NULL
