-- The whole log of a room, for people with a shell and for checks.
CREATE VIEW log AS
SELECT room_id, seq, kind, actor_id, at FROM events
UNION ALL
SELECT room_id, seq, 'message', author_id, at FROM messages;

-- As SQLite calls it.
CREATE FUNCTION instr(text text, part text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN strpos(text, part);
