-- A message is an entry of the log in its own table. Its second row, in events, said nothing that the first did not say, and was a
-- third of what a message cost the disk.

DROP INDEX events_beside_messages;
DELETE FROM events WHERE kind = 'message';

-- The whole log of a room, for people with a shell and for checks.
CREATE VIEW log AS
SELECT room_id, seq, kind, actor_id, at FROM events
UNION ALL
SELECT room_id, seq, 'message', author_id, at FROM messages;
