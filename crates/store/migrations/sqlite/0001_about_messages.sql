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
    -- By the name (0), by a group (1), or because the person was present when everybody who is was mentioned (2).
    called_by INTEGER NOT NULL DEFAULT 0 CHECK (called_by IN (0, 1, 2)),
    PRIMARY KEY (user_id, room_id, at_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_by_message ON mentions (room_id, seq);

-- Groups of people who are mentioned at once.
CREATE TABLE user_groups (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user_group_members (
    group_id INTEGER NOT NULL REFERENCES user_groups (id),
    user_id  INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_group_members_by_user ON user_group_members (user_id);

-- Messages that mention all members of their room: one row for any number of people, at the place of the event that made it.
CREATE TABLE room_mentions (
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    at_seq  INTEGER NOT NULL,
    -- The message.
    seq     INTEGER NOT NULL,
    PRIMARY KEY (room_id, at_seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX room_mentions_by_message ON room_mentions (room_id, seq);

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

-- Files that people share. One belongs to a room from its beginning, and to a message from when that is sent.
CREATE TABLE attachments (
    -- Random, so that nobody guesses it.
    id         TEXT    NOT NULL PRIMARY KEY,
    owner_id   INTEGER NOT NULL REFERENCES users (id),
    room_id    INTEGER NOT NULL REFERENCES rooms (id),
    -- The message, and which of its files it is.
    seq        INTEGER,
    place      INTEGER NOT NULL DEFAULT 0,
    -- The name of its owner for the message that is sent later, and for which it waits.
    waits_for  TEXT,
    -- Whether all its bytes are there.
    state      TEXT    NOT NULL CHECK (state IN ('uploading', 'ready')),
    name       TEXT    NOT NULL,
    -- What it is by its content, and how long; until that is there, how much is kept free for it.
    media_type TEXT    NOT NULL DEFAULT '',
    bytes      INTEGER NOT NULL,
    -- What is known of a picture, and what the smaller ones beside it are.
    width      INTEGER,
    height     INTEGER,
    color      TEXT,
    scaled     TEXT,
    -- Where the bytes are.
    store_key  TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    -- When it goes if it was not sent until then.
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attachments_by_message ON attachments (room_id, seq);
CREATE INDEX attachments_by_owner ON attachments (owner_id);
CREATE INDEX attachments_unsent ON attachments (expires_at) WHERE seq IS NULL AND waits_for IS NULL;

-- Bytes that nothing names any more. A row stays until they are gone.
CREATE TABLE blob_removals (
    store_key TEXT    NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pictures of people, of rooms and of the server (which is 0).
CREATE TABLE avatars (
    -- Random; another one for each picture, so that whoever has one may keep it.
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('person', 'room', 'server')),
    owner_id   INTEGER NOT NULL,
    -- One whose bytes are not there yet; the one that is shown; one that was taken away, which leaves its time.
    state      TEXT    NOT NULL CHECK (state IN ('coming', 'shown', 'gone')),
    media_type TEXT    NOT NULL,
    store_key  TEXT    NOT NULL UNIQUE,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX avatars_by_owner ON avatars (kind, owner_id) WHERE state <> 'coming';
CREATE INDEX avatars_coming ON avatars (at) WHERE state = 'coming';

-- Emoji that the server has of its own.
CREATE TABLE custom_emoji (
    -- Random; what its picture is called, so that whoever has that may keep it.
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    -- One whose picture is not there yet; one that is shown; one that was taken away, which leaves its time.
    state      TEXT    NOT NULL CHECK (state IN ('coming', 'shown', 'gone')),
    media_type TEXT    NOT NULL,
    store_key  TEXT    NOT NULL UNIQUE,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX custom_emoji_by_name ON custom_emoji (name) WHERE state <> 'coming';
