-- How people search for messages.

-- What is in the index of messages, in the order of time.
CREATE TABLE search_docs (
    id      INTEGER PRIMARY KEY,
    room_id INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    UNIQUE (room_id, seq)
) STRICT;

-- The tokens of messages, each of which is there once, and no text. They are what a tokenizer of ASCII leaves whole.
CREATE VIRTUAL TABLE search USING fts5(tokens, tokenize = 'ascii', content = '', detail = none, columnsize = 0);
-- What is taken out of it is not left in the file.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
