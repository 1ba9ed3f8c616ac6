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
