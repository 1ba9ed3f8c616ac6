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
