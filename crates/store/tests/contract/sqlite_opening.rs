use crate::broker::Recorder;
use crate::world::{Backend, Commits, ManualClock, World, block_on};
use chinwag_store::{Location, OpenError, SqliteOptions, SqliteStore};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn open(path: &Path) -> Result<SqliteStore, OpenError> {
    let options = SqliteOptions::new(Location::File(path.into()));
    SqliteStore::open(
        options,
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
}

fn refusal(path: &Path) -> OpenError {
    open(path).err().unwrap()
}

#[test]
fn the_folder_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/chinwag.db");
    open(&path).unwrap();
    assert!(path.is_file());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = refusal(&folder.path().join("file/chinwag.db"));
    assert!(matches!(&error, OpenError::Folder { folder, .. } if folder.ends_with("file")), "{error}");
}

#[test]
fn a_folder_is_used_once_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let first = open(&path).unwrap();
    let error = refusal(&path);
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    first.close();
    let second = open(&path).unwrap();
    drop(second);
    open(&path).unwrap();
}

#[test]
fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    drop(open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    let error = refusal(&path);
    assert!(matches!(error, OpenError::Newer { found: 99, known: 1, .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let text = "Dear diary, ".repeat(100);
    fs::write(&path, &text).unwrap();
    let error = refusal(&path);
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name)").unwrap();
    let before = fs::read(&path).unwrap();
    let error = refusal(&path);
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn closing_leaves_one_file_with_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    drop(open(&path).unwrap());
    let mut files: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["chinwag.db", "chinwag.lock"]);
}

#[test]
fn two_databases_in_memory_are_strangers() {
    block_on(async {
        let one = World::new(Backend::SqliteMemory, |options| options);
        let two = World::new(Backend::SqliteMemory, |options| options);
        one.guest("Alex").await;
        two.guest("Alex").await;
    });
}
