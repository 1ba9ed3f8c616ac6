-- What a new database begins with.

-- In whose name the operator at the console acts; nobody signs in to it.
INSERT INTO users (id, name, name_key, look, lower_look, kind, created_at, last_seen_at, removed_at)
VALUES (-1, 'Operator', '', '', '', 'member', 0, 0, 0);

INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, created_at)
SELECT 'public', slug, title, topic, lower(title), lower(title) || chr(10) || '#' || slug || chr(10) || lower(topic),
       (extract(epoch FROM clock_timestamp()) * 1000)::bigint
FROM (VALUES
    (1, 'general', 'General', 'Everything and anything'),
    (2, 'tech',    'Tech',    'Code, tools and machines'),
    (3, 'random',  'Random',  'Whatever is left')) AS first (place, slug, title, topic)
ORDER BY place;
