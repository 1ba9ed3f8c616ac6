use crate::broker::Recorder;
use crate::world::{Commits, ManualClock, block_on, new_guest, new_message};
use chinwag_core::domain::{Actor, RoomId, Window};
use chinwag_core::ports::{Members as _, Messages as _, Sessions as _, Store as _};
use chinwag_store::{CopyError, CopyStep, Location, OpenError, SqliteOptions, SqliteStore, backup, restore};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

const GENERAL: RoomId = RoomId(1);

fn open(path: &Path) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(
        SqliteOptions::new(Location::File(path.into())),
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
}

/// Somebody in `general`.
async fn member(store: &SqliteStore, name: &str) -> Actor {
    let (user, session) = store.create_guest(new_guest(name)).await.unwrap();
    let actor = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
    store.join(actor, GENERAL.into(), 100, 0, 0).await.unwrap();
    actor
}

async fn say(store: &SqliteStore, actor: Actor, text: &str) {
    store.append_message(actor, new_message(GENERAL, text, text)).await.unwrap();
}

async fn texts(store: &SqliteStore, actor: Actor) -> Vec<String> {
    let page = store.history(actor.user, GENERAL, Window::Latest, 1000).await.unwrap();
    page.messages.into_iter().map(|message| message.content.text).collect()
}

fn make(database: &Path, copy: &Path) -> Result<u64, CopyError> {
    backup(database, copy, &mut |_| ())
}

fn bring_back(copy: &Path, database: &Path) -> Result<u64, CopyError> {
    restore(copy, database, &mut |_| ())
}

/// A database with some hundred pages, closed.
fn filled(database: &Path) {
    block_on(async {
        let store = open(database).unwrap();
        let alex = member(&store, "Alex").await;
        for number in 0..500 {
            let message = new_message(GENERAL, &number.to_string(), &"x".repeat(200));
            store.append_message(alex, message).await.unwrap();
        }
    });
}

/// The header stays; pages of tables and indexes do not.
fn damage(database: &Path) {
    let mut bytes = fs::read(database).unwrap();
    for page in (2..bytes.len() / 4096).step_by(3) {
        bytes[page * 4096..page * 4096 + 64].fill(0xA5);
    }
    fs::write(database, bytes).unwrap();
}

#[test]
fn a_copy_is_made_while_others_write_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    let restored = folder.path().join("again/chinwag.db");
    block_on(async {
        let store = Arc::new(open(&data).unwrap());
        let alex = member(&store, "Alex").await;
        for number in 0..200 {
            say(&store, alex, &number.to_string()).await;
        }
        let epoch = store.epoch().to_owned();
        let writer = tokio::spawn({
            let store = Arc::clone(&store);
            async move {
                for number in 200..400 {
                    say(&store, alex, &number.to_string()).await;
                }
            }
        });
        let (from, to) = (data.clone(), copy.clone());
        tokio::task::spawn_blocking(move || make(&from, &to).unwrap()).await.unwrap();
        writer.await.unwrap();
        assert!(matches!(make(&data, &copy), Err(CopyError::Exists { .. })));

        bring_back(&copy, &restored).unwrap();
        let other = open(&restored).unwrap();
        let kept = texts(&other, alex).await;
        assert!(kept.len() >= 200, "{} messages", kept.len());
        assert!(kept.iter().map(|text| text.parse::<usize>().unwrap()).eq(0..kept.len()), "one moment");
        assert_ne!(other.epoch(), epoch, "what clients know of the other database may not be so here");
        assert_eq!(store.epoch(), epoch);
    });
}

#[test]
fn a_folder_in_use_or_with_anything_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    let store = open(&data).unwrap();
    make(&data, &copy).unwrap();
    assert!(matches!(bring_back(&copy, &data), Err(CopyError::Open(OpenError::InUse { .. }))));
    drop(store);
    assert!(matches!(bring_back(&copy, &data), Err(CopyError::NotEmpty { .. })));
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("diary"), "").unwrap();
    assert!(matches!(bring_back(&copy, &other.join("chinwag.db")), Err(CopyError::NotEmpty { .. })));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1, "nothing was left there");
}

#[test]
fn the_socket_of_a_killed_server_is_nothing_to_keep() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    drop(open(&data).unwrap());
    make(&data, &copy).unwrap();
    let emptied = folder.path().join("emptied");
    fs::create_dir(&emptied).unwrap();
    drop(std::os::unix::net::UnixListener::bind(emptied.join("chinwag.sock")).unwrap());
    bring_back(&copy, &emptied.join("chinwag.db")).unwrap();
}

#[test]
fn what_is_no_sound_copy_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    let refused = |why: &str| {
        let error = bring_back(&copy, &data).unwrap_err();
        assert!(matches!(&error, CopyError::Unusable { path, .. } if *path == copy), "{error:?}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(!data.exists());
    };
    refused("no such file");
    fs::write(&copy, "not a database at all, but long enough to be looked at".repeat(100)).unwrap();
    refused("not a Chinwag database");
    fs::write(&copy, "").unwrap();
    refused("not a Chinwag database");
    fs::remove_file(&copy).unwrap();
    rusqlite::Connection::open(&copy).unwrap().execute_batch("CREATE TABLE recipes (name)").unwrap();
    refused("not a Chinwag database");
    fs::remove_file(&copy).unwrap();

    let original = folder.path().join("original/chinwag.db");
    filled(&original);
    make(&original, &copy).unwrap();
    let newer = rusqlite::Connection::open(&copy).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    refused("schema is 99");
    newer.pragma_update(None, "user_version", 1).unwrap();
    drop(newer);
    let log = folder.path().join("copy.db-wal");
    fs::write(&log, "something").unwrap();
    refused("chinwag backup");
    fs::remove_file(&log).unwrap();
    damage(&copy);
    refused("damaged");
    assert!(matches!(make(&data, &copy), Err(CopyError::NoDatabase { .. })));
}

#[test]
fn a_damaged_database_is_not_copied() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    filled(&data);
    damage(&data);
    let error = make(&data, &copy).unwrap_err();
    assert!(matches!(error, CopyError::Open(OpenError::Damaged { .. })), "{error:?}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["data"], "nothing is left of the attempt");
}

#[test]
fn copies_are_whole_and_for_their_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    let again = folder.path().join("again/chinwag.db");
    filled(&data);
    // What an attempt left that was killed.
    fs::write(folder.path().join("copy.db.part"), "x".repeat(100_000)).unwrap();
    fs::write(folder.path().join("copy.db.part-journal"), "x").unwrap();
    let mut steps = Vec::new();
    let bytes = backup(&data, &copy, &mut |step| steps.push(format!("{step:?}"))).unwrap();
    assert_eq!(copy.metadata().unwrap().len(), bytes);
    assert!(steps[0].starts_with("Copying") && steps[1..] == ["Checking", "Syncing"], "{steps:?}");
    bring_back(&copy, &again).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    assert_eq!((mode(&copy), mode(&again), mode(again.parent().unwrap())), (0o600, 0o600, 0o700));
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["again", "copy.db", "data"]);
    open(&again).unwrap();
}

#[test]
fn one_copy_is_written_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    filled(&data);
    let mut second = None;
    backup(&data, &copy, &mut |step| {
        if matches!(step, CopyStep::Checking) {
            second = Some(make(&data, &copy));
        }
    })
    .unwrap();
    assert!(matches!(second, Some(Err(CopyError::BeingWritten { .. }))), "{second:?}");
}

#[test]
fn a_database_of_a_server_that_was_killed_is_copied_with_its_last_messages() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data/chinwag.db"), folder.path().join("copy.db"));
    let killed = folder.path().join("killed/chinwag.db");
    block_on(async {
        let store = open(&data).unwrap();
        let alex = member(&store, "Alex").await;
        say(&store, alex, "last").await;
        // As a crash leaves it: the message stands in the log beside the file.
        fs::create_dir(killed.parent().unwrap()).unwrap();
        let mut connection = rusqlite::Connection::open(&data).unwrap();
        let _reading = connection.transaction().unwrap();
        for ending in ["", "-wal"] {
            let name = |path: &Path| format!("{}{ending}", path.display());
            let bytes = fs::read(name(&data)).unwrap();
            fs::write(name(&killed), bytes).unwrap();
        }
        make(&killed, &copy).unwrap();
        let again = folder.path().join("again/chinwag.db");
        bring_back(&copy, &again).unwrap();
        assert_eq!(texts(&open(&again).unwrap(), alex).await, ["last"]);
    });
}

#[test]
fn a_damaged_database_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("chinwag.db");
    filled(&data);
    damage(&data);
    let error = open(&data).err().unwrap();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("chinwag restore"), "{error}");
}
