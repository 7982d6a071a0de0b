SELECT NULL;

SELECT TRUE;

SELECT FALSE;

SELECT -42;

SELECT 1.0;

SELECT 0.1;

SELECT 1e+300;

SELECT '';

SELECT 'it''s';

SELECT 'back\\slash and "quotes"';

SELECT 'line
break';

SELECT 'grüße';

SELECT 999.00;

SELECT '00000000-0000-4000-8000-000000000001';

SELECT '2024-01-15';

SELECT '09:00:00.000000';

SELECT '2024-01-15 09:00:00.000000';

SELECT '{"a":"it''s \\"b\\""}';

SELECT '["a","it''s","b\\\\c","d\\"e","f,g",""]';

SELECT '[]';

SELECT X'007FFF27';

SELECT X'';
