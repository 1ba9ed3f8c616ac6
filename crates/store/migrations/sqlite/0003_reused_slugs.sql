-- A room that takes the slug of a deleted one goes on behind the end of that one's log. A client knows a room by its slug, so a device
-- that was away over both is told to begin anew, and never gets the new room's events behind the old room's.

ALTER TABLE rooms ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;

CREATE INDEX rooms_deleted_by_slug ON rooms (slug) WHERE deleted_at IS NOT NULL;
