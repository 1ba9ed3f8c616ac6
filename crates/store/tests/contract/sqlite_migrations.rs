use crate::broker::Recorder;
use crate::world::{Commits, ManualClock, block_on};
use chinwag_core::domain::{EventBody, RoomId, Seq};
use chinwag_core::ports::Messages as _;
use chinwag_store::{Location, SqliteOptions, SqliteStore};
use rusqlite::Connection;
use std::sync::Arc;

/// A database as the first schema kept it: a message has a row in `events`, too.
const FIRST: &str = include_str!("../../migrations/sqlite/0001_initial.sql");
const HISTORY: &str = "
    PRAGMA application_id = 0x4368696e;
    PRAGMA user_version = 1;
    INSERT INTO users (id, name, name_key, guest, created_at, last_seen_at) VALUES (7, 'Alex', 'alex', 1, 0, 0);
    INSERT INTO events (room_id, seq, kind, actor_id, at) VALUES
        (1, 1, 'memberJoined', 7, 10), (1, 2, 'message', 7, 20), (1, 3, 'message', 7, 30), (1, 4, 'memberLeft', 7, 40);
    INSERT INTO messages (room_id, seq, author_id, client_id, text, at) VALUES
        (1, 2, 7, 'c-1', 'Hello', 20), (1, 3, 7, 'c-2', 'Anybody?', 30);
    UPDATE rooms SET head_seq = 4 WHERE id = 1;";

#[test]
fn a_log_of_the_first_schema_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    Connection::open(&path).unwrap().execute_batch(&format!("{FIRST}{HISTORY}")).unwrap();
    let store = SqliteStore::open(
        SqliteOptions::new(Location::File(path)),
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
    .unwrap();
    block_on(async {
        let log = store.events_after(RoomId(1), Seq(0), 100).await.unwrap();
        let message = |text: &str, client_id: &str| EventBody::Message {
            text: text.into(),
            client_id: client_id.into(),
        };
        let expected = [
            (1, 10, EventBody::MemberJoined),
            (2, 20, message("Hello", "c-1")),
            (3, 30, message("Anybody?", "c-2")),
            (4, 40, EventBody::MemberLeft),
        ];
        let log: Vec<_> = log.into_iter().map(|event| (event.seq.0, event.at.0, event.body)).collect();
        assert_eq!(log, expected);
    });
}
