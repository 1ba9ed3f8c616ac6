-- What people want to hear, and how they like their clients to be.

-- One document for each person, as the wire writes it. The revision grows with each change of it, and of what is set for a room.
CREATE TABLE settings (
    user_id  INTEGER PRIMARY KEY REFERENCES users (id),
    revision INTEGER NOT NULL,
    document TEXT    NOT NULL
) STRICT;

-- What people want to hear of one room, for as long as they are in it.
CREATE TABLE room_notifications (
    user_id     INTEGER NOT NULL REFERENCES users (id),
    room_id     INTEGER NOT NULL REFERENCES rooms (id),
    -- Where that is not as everywhere.
    level       TEXT CHECK (level IN ('all', 'mentions', 'nothing')),
    muted_until INTEGER,
    PRIMARY KEY (user_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX room_notifications_by_room ON room_notifications (room_id);
