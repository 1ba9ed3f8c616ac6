-- Times are milliseconds since 1970-01-01 UTC. Names and values are those of the domain.

-- What is known of the database as a whole; one row.
CREATE TABLE about (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    -- Another one after a restore: what a client knows of another epoch may not be so any more.
    epoch  TEXT    NOT NULL,
    -- Written anew to ask whether the disk takes writes: what changes nothing is not written, and what is smaller than a message may find
    -- room where a message does not.
    probe  BLOB,
    -- With which tokens the index of messages was made.
    search_tokens INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO about (id, epoch) VALUES (1, lower(hex(randomblob(4))));

-- The nodes that serve this database, each with a lease up to a time. Who has none does not live.
CREATE TABLE nodes (
    -- Never given twice: a node that begins again is another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    -- Of a process there is one row: it may enter twice, when it hears nothing of the first time.
    process     INTEGER NOT NULL UNIQUE,
    lease_until INTEGER NOT NULL,
    -- Up to when the node has looked up what it may not have been told.
    repaired_at INTEGER
) STRICT;

CREATE TABLE users (
    -- Never given twice: content names people by it.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT    NOT NULL,
    -- How many names the account had before: the news of two renames may arrive in another order.
    renames      INTEGER NOT NULL DEFAULT 0,
    -- By what names are ordered.
    name_key     TEXT    NOT NULL,
    -- What the name looks like, as it is written and in lower case: nobody else may have either while the account exists.
    look         TEXT    NOT NULL,
    lower_look   TEXT    NOT NULL,
    -- The hash of a secret that the guest's browser keeps: for a while after the sign-out only that browser takes the name back.
    keeper       BLOB    CHECK (length(keeper) = 32),
    -- A visitor's account lives as long as a connection and needs no membership, a guest signed in by name only.
    kind         TEXT    NOT NULL CHECK (kind IN ('visitor', 'guest', 'member', 'bot')),
    -- What a member is on the server beyond being one.
    role         TEXT    CHECK (role IS NULL OR role IN ('moderator', 'admin', 'owner') AND kind = 'member'),
    -- The name that a member signs in with: another thing than the name that others see, and nobody else may have one that looks like either.
    login            TEXT,
    -- The same as it is looked for.
    login_key        TEXT,
    login_look       TEXT,
    login_lower_look TEXT,
    email        TEXT,
    -- What the person says of how they are, and up to when.
    status_text  TEXT,
    status_until INTEGER,
    -- By which invitation the account was made.
    invite_id    INTEGER,
    -- A visit may go on over another connection: whoever knows the secret of this hash is the same visitor.
    way_back     BLOB,
    -- On which node a visit goes on, where there are several.
    node_id      INTEGER,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    -- Whether the others in a small room see how far the person has read.
    share_reads  INTEGER NOT NULL DEFAULT 1 CHECK (share_reads IN (0, 1)),
    -- The row of a removed account stays, because its messages keep its name; that of a visitor only if there is anything.
    removed_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX users_by_look ON users (look) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX users_by_lower_look ON users (lower_look) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX users_by_login ON users (login_key) WHERE login_key IS NOT NULL;
CREATE UNIQUE INDEX users_by_login_look ON users (login_look) WHERE login_look IS NOT NULL;
CREATE UNIQUE INDEX users_by_login_lower_look ON users (login_lower_look) WHERE login_lower_look IS NOT NULL;
-- Whom a mail reaches that somebody asks for.
CREATE INDEX users_by_email ON users (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX users_by_invite ON users (invite_id) WHERE invite_id IS NOT NULL;
CREATE INDEX users_held_look ON users (look) WHERE removed_at IS NOT NULL AND keeper IS NOT NULL;
CREATE INDEX users_held_lower_look ON users (lower_look) WHERE removed_at IS NOT NULL AND keeper IS NOT NULL;
CREATE INDEX users_visiting ON users (node_id) WHERE kind = 'visitor' AND removed_at IS NULL;
-- Those that can go on still, the oldest first.
CREATE INDEX users_past_visits ON users (removed_at)
WHERE kind = 'visitor' AND way_back IS NOT NULL AND removed_at IS NOT NULL;
CREATE INDEX users_idle_guests ON users (last_seen_at) WHERE kind IN ('visitor', 'guest') AND removed_at IS NULL;

CREATE TABLE sessions (
    -- Never given twice: a late command of an ended session must not meet another one.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    -- Of a token that is good until the session ends. A browser is not told one.
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- What the browser or program said of itself, and from where it was used last.
    device     TEXT    NOT NULL DEFAULT '',
    address    TEXT    NOT NULL DEFAULT '',
    -- Up to when a password may be set without the present one: the person came by a link of an admin.
    reset_until  INTEGER,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

-- What a browser keeps of a session in a cookie, by its hash. Each is replaced when it is used; one that is used again long after that was
-- stolen, and ends the session.
CREATE TABLE refresh_tokens (
    hash        BLOB    PRIMARY KEY CHECK (length(hash) = 32),
    session_id  INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    replaced_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- The passwords of members, as the function argon2id left them.
CREATE TABLE passwords (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id),
    hash       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- Links that sign a person in once: on another device, or after the password was lost.
CREATE TABLE sign_in_links (
    hash       BLOB    PRIMARY KEY CHECK (length(hash) = 32),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('device', 'reset', 'mail', 'provider')),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

-- Accounts of people for whom somebody else vouches: whoever embeds this server, or a provider of sign-ins.
CREATE TABLE identities (
    kind       TEXT    NOT NULL CHECK (kind IN ('foreign', 'oidc')),
    -- Where the subject is a name, if there may be several such places.
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    -- The session that all foreign tokens of this person have in common, the token that was done last, when that was made and up to when the
    -- session is good.
    session_id INTEGER,
    token_hash BLOB    CHECK (length(token_hash) = 32),
    issued_at  INTEGER,
    until      INTEGER,
    -- The name and the role that were said last: only another one is done.
    name       TEXT,
    role       TEXT    CHECK (role IN ('member', 'moderator', 'admin')),
    PRIMARY KEY (kind, issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_user ON identities (user_id);
CREATE INDEX identities_by_until ON identities (until) WHERE session_id IS NOT NULL;

CREATE TABLE invites (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- Nobody, for those of the operator.
    creator_id INTEGER REFERENCES users (id),
    -- What whoever comes by it is on the server beyond a member.
    role       TEXT    CHECK (role IS NULL OR role IN ('moderator', 'admin', 'owner')),
    uses       INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE INDEX invites_by_creator ON invites (creator_id);

-- The rooms that whoever comes by an invitation joins.
CREATE TABLE invite_rooms (
    invite_id INTEGER NOT NULL REFERENCES invites (id),
    room_id   INTEGER NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (invite_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX invite_rooms_by_room ON invite_rooms (room_id);

-- The keys that sign access tokens. The newest signs, all are believed.
CREATE TABLE signing_keys (
    kid        TEXT    PRIMARY KEY,
    -- An Ed25519 key in PKCS #8.
    secret     BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    -- Never given twice: clients name a room by it, and one that comes back late must not meet another room.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL CHECK (kind IN ('public', 'private', 'direct', 'group')),
    -- Where people find the room. Some kinds have none.
    slug       TEXT,
    -- The numbers of the people whose conversation it is, in order. Never told to anybody.
    direct_key TEXT,
    title      TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    -- The title as rooms are sorted by it, and all that a room is looked for in: without case and marks.
    sort_key   TEXT    NOT NULL,
    search_key TEXT    NOT NULL,
    -- Nobody, for the rooms that come with the first start.
    creator_id INTEGER REFERENCES users (id),
    -- The seq of the room's last event.
    head_seq   INTEGER NOT NULL DEFAULT 0,
    -- Kept by whoever writes, so that telling it costs the same in a room of ten and of ten thousand.
    members    INTEGER NOT NULL DEFAULT 0,
    -- What somebody who comes reads of what was said before, and from where on that is open to newcomers at all.
    history    TEXT    NOT NULL DEFAULT 'all' CHECK (history IN ('all', 'joined')),
    open_from  INTEGER NOT NULL DEFAULT 1,
    -- Who writes there, how many seconds members wait between two messages, and since when it is only there to be read.
    posting    TEXT    NOT NULL DEFAULT 'everyone' CHECK (posting IN ('everyone', 'moderators')),
    slow_mode_s INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER,
    -- Since when everybody who comes is in it; none for a room that one joins by oneself.
    first_at INTEGER,
    -- How many people are kept out of it or have to be silent there, so that a room without any asks nobody.
    sanctions  INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE UNIQUE INDEX rooms_by_slug ON rooms (slug) WHERE deleted_at IS NULL;
-- The list of rooms begins with those that came with the first start.
CREATE INDEX rooms_default ON rooms (sort_key, id) WHERE creator_id IS NULL AND deleted_at IS NULL;
-- Behind them come one's own, and then all others that one may see.
CREATE INDEX rooms_by_title ON rooms (sort_key, id) WHERE creator_id IS NOT NULL AND deleted_at IS NULL AND kind = 'public';
CREATE INDEX rooms_first ON rooms (id) WHERE first_at IS NOT NULL;
CREATE INDEX rooms_archived ON rooms (sort_key, id) WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX rooms_by_direct_key ON rooms (direct_key) WHERE direct_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX rooms_by_creator ON rooms (creator_id) WHERE creator_id IS NOT NULL;

-- Addresses that rooms had before. Each leads to its room until another room takes it.
CREATE TABLE former_slugs (
    slug    TEXT    PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES rooms (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_slugs_by_room ON former_slugs (room_id);

CREATE TABLE members (
    room_id   INTEGER NOT NULL REFERENCES rooms (id),
    user_id   INTEGER NOT NULL REFERENCES users (id),
    -- That of the user, so that a page of members costs what it shows and not what the room holds.
    name_key  TEXT    NOT NULL,
    role      TEXT    NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'moderator', 'owner')),
    joined_at INTEGER NOT NULL,
    read_seq  INTEGER NOT NULL,
    -- All that was said in the member's threads up to here is read. In no index, as the mark.
    threads_floor INTEGER NOT NULL DEFAULT 0,
    -- From where on the member reads the log.
    history_from INTEGER NOT NULL DEFAULT 1,
    -- When the member wrote last. In no index, as the mark.
    wrote_at  INTEGER,
    -- Up to when the member has to be silent.
    muted_until INTEGER,
    PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_by_user ON members (user_id);
CREATE UNIQUE INDEX members_by_name ON members (room_id, name_key);
-- Who keeps order in a room.
CREATE INDEX members_by_role ON members (room_id, user_id) WHERE role <> 'member';

-- Who is kept out of a room, and who has to be silent there, member or not.
CREATE TABLE sanctions (
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    user_id INTEGER NOT NULL REFERENCES users (id),
    kind    TEXT NOT NULL CHECK (kind IN ('ban', 'mute')),
    -- Up to when; the largest number for ever.
    until   INTEGER NOT NULL,
    by_id   INTEGER NOT NULL REFERENCES users (id),
    at      INTEGER NOT NULL,
    reason  TEXT,
    PRIMARY KEY (room_id, user_id, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX sanctions_by_user ON sanctions (user_id);
CREATE INDEX sanctions_by_maker ON sanctions (by_id);

-- Who is kept out of the whole server.
CREATE TABLE account_bans (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    -- By what the browser of a guest is known, so that it makes no other one.
    keeper  BLOB,
    until   INTEGER NOT NULL,
    by_id   INTEGER NOT NULL REFERENCES users (id),
    at      INTEGER NOT NULL,
    reason  TEXT
) STRICT;

CREATE INDEX account_bans_by_keeper ON account_bans (keeper) WHERE keeper IS NOT NULL;
CREATE INDEX account_bans_by_maker ON account_bans (by_id);

-- Whom people do not want to hear. Never told to those who are blocked.
CREATE TABLE blocks (
    user_id    INTEGER NOT NULL REFERENCES users (id),
    blocked_id INTEGER NOT NULL REFERENCES users (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX blocks_by_blocked ON blocks (blocked_id);

-- What was done by those who keep order. Nothing of it changes, and no text that anybody wrote in a room stands in it.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES users (id),
    action   TEXT NOT NULL,
    room_id  INTEGER,
    user_id  INTEGER REFERENCES users (id),
    seq      INTEGER,
    reason   TEXT
) STRICT;

CREATE INDEX audit_by_actor ON audit (actor_id);
CREATE INDEX audit_by_user ON audit (user_id) WHERE user_id IS NOT NULL;

-- Messages that people reported. What they say stands where they stand, and goes with them.
CREATE TABLE reports (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id    INTEGER NOT NULL REFERENCES rooms (id),
    seq        INTEGER NOT NULL,
    by_id      INTEGER NOT NULL REFERENCES users (id),
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    handled_by INTEGER REFERENCES users (id),
    handled_at INTEGER,
    UNIQUE (room_id, seq, by_id)
) STRICT;

CREATE INDEX reports_by_reporter ON reports (by_id);
CREATE INDEX reports_by_handler ON reports (handled_by) WHERE handled_by IS NOT NULL;

-- What happened in a room beside its messages. Together with these it is the room's log, in the order of seq.
CREATE TABLE events (
    room_id    INTEGER NOT NULL REFERENCES rooms (id),
    seq        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    actor_id   INTEGER NOT NULL REFERENCES users (id),
    -- Whose membership it is, where that is not the actor's own.
    subject_id INTEGER REFERENCES users (id),
    -- The message that it changed. What the message is since then stands there alone, so that nothing has to be deleted here.
    target     INTEGER,
    -- The actor's name for a change of a message.
    client_id  TEXT,
    at         INTEGER NOT NULL,
    -- JSON by kind.
    payload    TEXT,
    PRIMARY KEY (room_id, seq)
) STRICT, WITHOUT ROWID;

-- Whether anything names an account, for the removal of those that nothing does.
CREATE INDEX events_by_actor ON events (actor_id);
CREATE INDEX events_by_subject ON events (subject_id) WHERE subject_id IS NOT NULL;
-- A repeat of a change finds the first.
CREATE UNIQUE INDEX events_by_client_id ON events (actor_id, client_id) WHERE client_id IS NOT NULL;

-- A message is an entry of the log in its own table, so that changing its text here leaves no copy behind.
CREATE TABLE messages (
    room_id   INTEGER NOT NULL REFERENCES rooms (id),
    seq       INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    client_id TEXT    NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('text', 'action')),
    text      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    -- The message of the same room that it answers. Not a foreign key: that is looked at when it is written, and no message goes.
    reply_seq INTEGER,
    -- The message under which it is said, if it is said in a thread, and whether the room is shown it as well.
    thread_seq INTEGER,
    also      INTEGER NOT NULL DEFAULT 0,
    edited_at INTEGER,
    -- A message that was deleted has no text.
    deleted_at INTEGER CHECK (deleted_at IS NULL OR text = ''),
    -- The place of the last event that changed it.
    changed_seq INTEGER,
    -- How many files came with it.
    files     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room_id, seq),
    UNIQUE (author_id, client_id)
) STRICT, WITHOUT ROWID;

-- What is said in a thread, with all that is counted of it.
CREATE INDEX messages_by_thread ON messages (room_id, thread_seq, seq, author_id, deleted_at) WHERE thread_seq IS NOT NULL;

-- The whole log of a room, for people with a shell and for checks.
CREATE VIEW log AS
SELECT room_id, seq, kind, actor_id, at FROM events
UNION ALL
SELECT room_id, seq, 'message', author_id, at FROM messages;
