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

-- The key by which push services know this server: one for all nodes.
CREATE TABLE push_keys (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    -- A key of P-256 in PKCS #8.
    secret BLOB    NOT NULL
) STRICT;

-- Devices that are pushed to, by the sign-in there, with which they go.
CREATE TABLE push_devices (
    session_id INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    endpoint   TEXT    NOT NULL UNIQUE,
    device_key BLOB    NOT NULL,
    secret     BLOB    NOT NULL,
    -- Where the client is that a click opens.
    page       TEXT    NOT NULL,
    -- Of the browser, for those who have chosen none.
    language   TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    -- When a push service took something for it last.
    pushed_at  INTEGER,
    -- What the push service answered the last time, if that was a refusal.
    refused    INTEGER
) STRICT;

CREATE INDEX push_devices_by_user ON push_devices (user_id);

-- Up to where the logs of rooms were looked at for devices.
CREATE TABLE push_cursors (
    room_id INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL
) STRICT;

-- What is to be pushed, until a push service has taken it.
CREATE TABLE push_queue (
    session_id INTEGER NOT NULL,
    room_id    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    PRIMARY KEY (session_id, room_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX push_queue_by_time ON push_queue (due_at);
