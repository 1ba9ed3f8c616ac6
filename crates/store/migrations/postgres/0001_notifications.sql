-- What people want to hear, and how they like their clients to be.

-- One document for each person, as the wire writes it. The revision grows with each change of it, and of what is set for a room.
CREATE TABLE settings (
    user_id  bigint PRIMARY KEY REFERENCES users (id),
    revision bigint NOT NULL,
    document text   NOT NULL COLLATE "C"
);

-- What people want to hear of one room, for as long as they are in it.
CREATE TABLE room_notifications (
    user_id     bigint NOT NULL REFERENCES users (id),
    room_id     bigint NOT NULL REFERENCES rooms (id),
    -- Where that is not as everywhere.
    level       text COLLATE "C" CHECK (level IN ('all', 'mentions', 'nothing')),
    muted_until bigint,
    PRIMARY KEY (user_id, room_id)
);

CREATE INDEX room_notifications_by_room ON room_notifications (room_id);
