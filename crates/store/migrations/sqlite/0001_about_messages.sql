-- What belongs to messages beside what they say.

-- How people react to messages.
CREATE TABLE reactions (
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    seq     INTEGER NOT NULL,
    emoji   TEXT    NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id),
    at      INTEGER NOT NULL,
    PRIMARY KEY (room_id, seq, emoji, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reactions_by_user ON reactions (user_id);

-- Messages that are held up for everybody in a room.
CREATE TABLE pins (
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    seq     INTEGER NOT NULL,
    by_id   INTEGER NOT NULL REFERENCES users (id),
    at      INTEGER NOT NULL,
    PRIMARY KEY (room_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX pins_by_maker ON pins (by_id);

-- Whom messages mention. A row is made by the message or by an edit of it, at that event's place: after it the person has something to see.
CREATE TABLE mentions (
    user_id INTEGER NOT NULL REFERENCES users (id),
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    at_seq  INTEGER NOT NULL,
    -- The message.
    seq     INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id, at_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_by_message ON mentions (room_id, seq);

-- The messages under which anything is said, with the last of it. Replies are messages: how many there are is counted.
CREATE TABLE threads (
    room_id  INTEGER NOT NULL REFERENCES rooms (id),
    root_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (room_id, root_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX threads_by_last ON threads (room_id, last_seq);

-- What threads are to members: who follows one, or did, and has read it how far.
CREATE TABLE thread_members (
    user_id  INTEGER NOT NULL REFERENCES users (id),
    room_id  INTEGER NOT NULL REFERENCES rooms (id),
    root_seq INTEGER NOT NULL,
    read_seq INTEGER NOT NULL,
    follows  INTEGER NOT NULL CHECK (follows IN (0, 1)),
    PRIMARY KEY (user_id, room_id, root_seq)
) STRICT, WITHOUT ROWID;

-- Messages that people keep for later.
CREATE TABLE saved (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    UNIQUE (user_id, room_id, seq)
) STRICT;

CREATE INDEX saved_by_user ON saved (user_id, id);
CREATE INDEX saved_by_message ON saved (room_id, seq);
