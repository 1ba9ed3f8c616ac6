-- What belongs to messages beside what they say.

-- How people react to messages.
CREATE TABLE reactions (
    room_id bigint NOT NULL REFERENCES rooms (id),
    seq     bigint NOT NULL,
    emoji   text   NOT NULL COLLATE "C",
    user_id bigint NOT NULL REFERENCES users (id),
    at      bigint NOT NULL,
    PRIMARY KEY (room_id, seq, emoji, user_id)
);

CREATE INDEX reactions_by_user ON reactions (user_id);

-- Messages that are held up for everybody in a room.
CREATE TABLE pins (
    room_id bigint NOT NULL REFERENCES rooms (id),
    seq     bigint NOT NULL,
    by_id   bigint NOT NULL REFERENCES users (id),
    at      bigint NOT NULL,
    PRIMARY KEY (room_id, seq)
);

CREATE INDEX pins_by_maker ON pins (by_id);

-- Whom messages mention. A row is made by the message or by an edit of it, at that event's place: after it the person has something to see.
CREATE TABLE mentions (
    user_id bigint NOT NULL,
    room_id bigint NOT NULL,
    at_seq  bigint NOT NULL,
    -- The message.
    seq     bigint NOT NULL,
    PRIMARY KEY (user_id, room_id, at_seq)
);

CREATE INDEX mentions_by_message ON mentions (room_id, seq);

-- The messages under which anything is said, with the last of it. Replies are messages: how many there are is counted.
CREATE TABLE threads (
    room_id  bigint NOT NULL,
    root_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    last_at  bigint NOT NULL,
    PRIMARY KEY (room_id, root_seq)
);

CREATE INDEX threads_by_last ON threads (room_id, last_seq);

-- What threads are to members: who follows one, or did, and has read it how far.
CREATE TABLE thread_members (
    user_id  bigint NOT NULL,
    room_id  bigint NOT NULL,
    root_seq bigint NOT NULL,
    read_seq bigint NOT NULL,
    follows  bigint NOT NULL CHECK (follows IN (0, 1)),
    PRIMARY KEY (user_id, room_id, root_seq)
);
