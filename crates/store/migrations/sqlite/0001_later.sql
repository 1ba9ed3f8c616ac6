-- What people do later, and what they have begun.

-- Messages that are sent at a time, and reminders. A message that was sent is not here any more.
CREATE TABLE scheduled (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    -- Its author's name for it, and that of the message.
    client_id  TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('message', 'reminder')),
    -- Where a message is to stand, or the one stands that a reminder is about.
    room_id    INTEGER REFERENCES rooms (id),
    seq        INTEGER,
    text       TEXT    NOT NULL,
    reply_seq  INTEGER,
    thread_seq INTEGER,
    also       INTEGER NOT NULL DEFAULT 0 CHECK (also IN (0, 1)),
    due_at     INTEGER NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'due', 'failed')),
    -- Why a message was not sent.
    problem    TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (user_id, client_id)
) STRICT;

CREATE INDEX scheduled_by_time ON scheduled (due_at) WHERE state = 'waiting';
CREATE INDEX scheduled_by_message ON scheduled (room_id, seq) WHERE room_id IS NOT NULL;

-- What people have begun to write: in a room (0), or under a message.
CREATE TABLE drafts (
    user_id   INTEGER NOT NULL REFERENCES users (id),
    room_id   INTEGER NOT NULL REFERENCES rooms (id),
    root_seq  INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    reply_seq INTEGER,
    at        INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id, root_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX drafts_by_room ON drafts (room_id, reply_seq);
CREATE INDEX drafts_by_thread ON drafts (room_id, root_seq);

-- What concerned people. It goes with the message that it is of.
CREATE TABLE activity (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    kind    TEXT    NOT NULL CHECK (kind IN ('mention', 'reply', 'thread', 'reaction')),
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    seq     INTEGER NOT NULL,
    -- Who did it, and with which emoji one reacted.
    by_id   INTEGER NOT NULL,
    emoji   TEXT,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX activity_by_user ON activity (user_id, id);
CREATE INDEX activity_by_message ON activity (room_id, seq);
CREATE INDEX thread_members_by_thread ON thread_members (room_id, root_seq);
