use chinwag_client::protocol::{LogBody, LogEvent, MemberBody, MessageBody, RoomBody};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Arc;

/// The database, read past the server.
pub(crate) enum Database {
    Sqlite(Connection),
    Postgres(Arc<chinwag_fixtures::Database>),
}

/// An event as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) actor: i64,
    /// A message's client id and text.
    pub(crate) message: Option<(String, String)>,
}

impl Database {
    pub(crate) fn open(folder: &Path) -> Self {
        let file = folder.join("chinwag.db");
        Self::Sqlite(Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap())
    }

    pub(crate) fn on_postgres(database: Arc<chinwag_fixtures::Database>) -> Self {
        Self::Postgres(database)
    }

    /// The log of a room.
    pub(crate) fn log(&self, room: &str) -> Vec<Stored> {
        let sql = format!(
            "SELECT l.seq, l.kind, l.actor_id, m.client_id, m.text FROM log l
             JOIN rooms r ON r.id = l.room_id AND r.slug = '{room}' AND r.deleted_at IS NULL
             LEFT JOIN messages m ON m.room_id = l.room_id AND m.seq = l.seq
             ORDER BY l.seq"
        );
        let rows = self.rows(&sql).into_iter().map(|row| {
            let [seq, kind, actor, client_id, text] = row.try_into().unwrap();
            Stored {
                seq: seq.unwrap().parse().unwrap(),
                kind: kind.unwrap(),
                actor: actor.unwrap().parse().unwrap(),
                message: client_id.zip(text),
            }
        });
        rows.collect()
    }

    /// Changes something past the server.
    pub(crate) fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).unwrap(),
            Self::Postgres(database) => database.execute(sql),
        }
    }

    /// The number that a query finds.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.rows(sql)[0][0].as_ref().unwrap().parse().unwrap()
    }

    /// Asserts what must hold of every database: gapless logs, one event per place, heads at the end of the logs.
    pub(crate) fn check_invariants(&self) {
        let count = |sql: &str| self.rows(sql)[0][0].clone().unwrap();
        if let Self::Sqlite(_) = self {
            assert_eq!(count("PRAGMA integrity_check"), "ok");
        }
        let holes = "SELECT count(*) FROM rooms r
                     WHERE head_seq <> (SELECT count(DISTINCT seq) FROM log WHERE room_id = r.id)
                     OR head_seq <> (SELECT coalesce(max(seq), 0) FROM log WHERE room_id = r.id)";
        assert_eq!(count(holes), "0", "rooms whose log has a hole");
        let twice =
            "SELECT count(*) FROM events e JOIN messages m ON m.room_id = e.room_id AND m.seq = e.seq";
        assert_eq!(count(twice), "0", "places in a log that are taken twice");
        let miscounted = "SELECT count(*) FROM rooms r
                          WHERE members <> (SELECT count(*) FROM members WHERE room_id = r.id) AND deleted_at IS NULL";
        assert_eq!(count(miscounted), "0", "rooms whose members are miscounted");
    }

    /// Keeps every other writer out until the answer is dropped.
    pub(crate) fn hold(self) -> HeldDatabase {
        match self {
            Self::Sqlite(connection) => {
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                HeldDatabase::Sqlite(connection)
            }
            Self::Postgres(database) => {
                HeldDatabase::Postgres(database.hold("LOCK TABLE rooms, members, messages IN EXCLUSIVE MODE"))
            }
        }
    }

    fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let connection = match self {
            Self::Postgres(database) => return database.rows(sql),
            Self::Sqlite(connection) => connection,
        };
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let text = |column| match row.get_ref_unwrap(column) {
                ValueRef::Null => None,
                ValueRef::Integer(number) => Some(number.to_string()),
                value @ (ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_)) => {
                    Some(value.as_str().unwrap().to_owned())
                }
            };
            Ok((0..columns).map(text).collect())
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

/// A database that nobody else can write to.
#[expect(dead_code, reason = "it only has to be dropped")]
pub(crate) enum HeldDatabase {
    Sqlite(Connection),
    Postgres(chinwag_fixtures::Held),
}

impl From<&LogEvent> for Stored {
    fn from(event: &LogEvent) -> Self {
        let (kind, message) = match &event.body {
            LogBody::Message(MessageBody::MessageEdited { .. }) => ("messageEdited", None),
            LogBody::Message(MessageBody::MessageDeleted { .. }) => ("messageDeleted", None),
            LogBody::Message(MessageBody::ReactionAdded { .. }) => ("reactionAdded", None),
            LogBody::Message(MessageBody::ReactionRemoved { .. }) => ("reactionRemoved", None),
            LogBody::Message(MessageBody::MessagePinned { .. }) => ("messagePinned", None),
            LogBody::Message(MessageBody::MessageUnpinned { .. }) => ("messageUnpinned", None),
            LogBody::Message(MessageBody::MessageChanged { deleted, .. }) => {
                (if *deleted { "messageDeleted" } else { "messageEdited" }, None)
            }
            LogBody::Message(MessageBody::Message { client_id, text, .. }) => {
                ("message", Some((client_id.clone(), text.clone())))
            }
            LogBody::Member(MemberBody::MemberJoined {}) => ("memberJoined", None),
            LogBody::Member(MemberBody::MemberAdded { .. }) => ("memberAdded", None),
            LogBody::Member(MemberBody::MemberLeft {}) => ("memberLeft", None),
            LogBody::Member(MemberBody::MemberRemoved { .. }) => ("memberRemoved", None),
            LogBody::Member(MemberBody::MemberBanned { .. }) => ("memberBanned", None),
            LogBody::Member(MemberBody::MemberUnbanned { .. }) => ("memberUnbanned", None),
            LogBody::Member(MemberBody::MemberMuted { .. }) => ("memberMuted", None),
            LogBody::Member(MemberBody::MemberUnmuted { .. }) => ("memberUnmuted", None),
            LogBody::Member(MemberBody::RoleChanged { .. }) => ("roleChanged", None),
            LogBody::Member(MemberBody::MemberRenamed { .. }) => ("memberRenamed", None),
            LogBody::Room(RoomBody::RoomCreated(_)) => ("roomCreated", None),
            LogBody::Room(RoomBody::RoomUpdated(_)) => ("roomUpdated", None),
            LogBody::Room(RoomBody::RoomDeleted {}) => ("roomDeleted", None),
        };
        Self { seq: event.header.seq, kind: kind.to_owned(), actor: event.header.user_id, message }
    }
}
