use chinwag_client::protocol::{LogBody, LogEvent, MemberBody, MessageBody, RoomBody};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// The database file, read past the server.
pub(crate) struct Database {
    connection: Connection,
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
        let connection =
            Connection::open_with_flags(folder.join("chinwag.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)
                .unwrap();
        Self { connection }
    }

    /// The log of a room.
    pub(crate) fn log(&self, room: &str) -> Vec<Stored> {
        let sql = "SELECT l.seq, l.kind, l.actor_id, m.client_id, m.text FROM log l
                   JOIN rooms r ON r.id = l.room_id AND r.slug = ?1 AND r.deleted_at IS NULL
                   LEFT JOIN messages m ON m.room_id = l.room_id AND m.seq = l.seq
                   ORDER BY l.seq";
        let mut statement = self.connection.prepare(sql).unwrap();
        let rows = statement.query_map([room], |row| {
            let message = row.get::<_, Option<_>>(3)?.zip(row.get(4)?);
            Ok(Stored { seq: row.get(0)?, kind: row.get(1)?, actor: row.get(2)?, message })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Asserts what must hold of every database: gapless logs, one event per place, heads at the end of the logs.
    pub(crate) fn check_invariants(&self) {
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        let intact: String =
            self.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(intact, "ok");
        let holes = "SELECT count(*) FROM rooms r
                     WHERE head_seq <> (SELECT count(DISTINCT seq) FROM log WHERE room_id = r.id)
                     OR head_seq <> (SELECT coalesce(max(seq), 0) FROM log WHERE room_id = r.id)";
        assert_eq!(count(holes), 0, "rooms whose log has a hole");
        let twice =
            "SELECT count(*) FROM events e JOIN messages m ON m.room_id = e.room_id AND m.seq = e.seq";
        assert_eq!(count(twice), 0, "places in a log that are taken twice");
    }

    /// Keeps every other writer out until the answer is dropped.
    pub(crate) fn hold(self) -> HeldDatabase {
        self.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        HeldDatabase { _connection: self.connection }
    }
}

/// A database that nobody else can write to.
pub(crate) struct HeldDatabase {
    _connection: Connection,
}

impl From<&LogEvent> for Stored {
    fn from(event: &LogEvent) -> Self {
        let (kind, message) = match &event.body {
            LogBody::Message(MessageBody::Message { client_id, text, .. }) => {
                ("message", Some((client_id.clone(), text.clone())))
            }
            LogBody::Member(MemberBody::MemberJoined { .. }) => ("memberJoined", None),
            LogBody::Member(MemberBody::MemberLeft { .. }) => ("memberLeft", None),
            LogBody::Member(MemberBody::MemberRenamed { .. }) => ("memberRenamed", None),
            LogBody::Room(RoomBody::RoomCreated(_)) => ("roomCreated", None),
            LogBody::Room(RoomBody::RoomUpdated(_)) => ("roomUpdated", None),
            LogBody::Room(RoomBody::RoomDeleted {}) => ("roomDeleted", None),
        };
        Self { seq: event.header.seq, kind: kind.to_owned(), actor: event.header.user_id, message }
    }
}
