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

-- The key by which push services know this server: one for all nodes.
CREATE TABLE push_keys (
    id     bigint  PRIMARY KEY CHECK (id = 1),
    -- A key of P-256 in PKCS #8.
    secret bytea   NOT NULL
);

-- Devices that are pushed to, by the sign-in there, with which they go.
CREATE TABLE push_devices (
    session_id bigint  PRIMARY KEY,
    user_id    bigint  NOT NULL REFERENCES users (id),
    endpoint   text    COLLATE "C" NOT NULL UNIQUE,
    device_key bytea   NOT NULL,
    secret     bytea   NOT NULL,
    -- Where the client is that a click opens.
    page       text    COLLATE "C" NOT NULL,
    -- Of the browser, for those who have chosen none.
    language   text    COLLATE "C" NOT NULL,
    created_at bigint  NOT NULL,
    -- When a push service took something for it last.
    pushed_at  bigint ,
    -- What the push service answered the last time, if that was a refusal.
    refused    bigint 
);

CREATE INDEX push_devices_by_user ON push_devices (user_id);

-- Up to where the logs of rooms were looked at for devices.
CREATE TABLE push_cursors (
    room_id bigint  PRIMARY KEY,
    seq     bigint  NOT NULL
);

-- What is to be pushed, until a push service has taken it.
CREATE TABLE push_queue (
    session_id bigint  NOT NULL,
    room_id    bigint  NOT NULL,
    seq        bigint  NOT NULL,
    due_at     bigint  NOT NULL,
    tries      bigint  NOT NULL,
    PRIMARY KEY (session_id, room_id, seq)
);

CREATE INDEX push_queue_by_time ON push_queue (due_at);
