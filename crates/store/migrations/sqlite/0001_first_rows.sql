-- What a new database begins with.

-- In whose name the operator at the console acts; nobody signs in to it.
INSERT INTO users (id, name, name_key, look, lower_look, kind, created_at, last_seen_at, removed_at)
VALUES (-1, 'Operator', '', '', '', 'member', 0, 0, 0);

INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at)
SELECT 'public', column1, column2, column3, lower(column2),
       lower(column2) || char(10) || '#' || column1 || char(10) || lower(column3), CAST(unixepoch('subsec') * 1000 AS INTEGER)
FROM (VALUES
    ('general', 'General', 'Everything and anything'),
    ('tech',    'Tech',    'Code, tools and machines'),
    ('random',  'Random',  'Whatever is left'));
