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
