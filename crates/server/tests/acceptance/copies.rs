//! A backup is made while people talk, and brought back; clients that have seen more than it holds begin anew.

use crate::support::{Actor, Child, Database, Ended, Frame, Proxy, RawSocket, within};
use chinwag_client::sign_in;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::fs::read_dir;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs `chinwag backup` or `chinwag restore` with a file, on a folder of data.
async fn chinwag(command: &str, file: &Path, data: &Path) -> Ended {
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    Child::run(&[command, file, "--data", data], &[]).await
}

async fn done(command: &str, file: &Path, data: &Path) {
    let ended = chinwag(command, file, data).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    assert!(ended.stdout.contains(file.to_str().unwrap()), "{}", ended.stdout);
    // Nobody watches a pipe.
    assert_eq!(ended.stderr, "");
}

async fn refused(command: &str, file: &Path, data: &Path, why: &str) {
    let ended = chinwag(command, file, data).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.starts_with("chinwag: ") && ended.stderr.contains(why), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

async fn member(server: &Child, name: &str) -> Actor {
    let person = Actor::connect(&server.url(), sign_in(&server.url(), name).await.unwrap()).await;
    person.joins("general").await;
    person
}

/// Writes, one message after the other, until `stop`.
async fn write(person: Arc<Actor>, stop: Arc<AtomicBool>) -> usize {
    let mut count = 0;
    while !stop.load(Ordering::Relaxed) {
        person.says("general", &"x".repeat(1000)).await;
        count += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_made_while_people_write_and_brought_back() {
    let root = tempfile::tempdir().unwrap();
    let (data, again) = (root.path().join("data"), root.path().join("again"));
    let server = Child::start(&data, &[]).await;
    let people = join_all(["Alex", "Sam", "Kim"].map(|name| member(&server, name))).await;
    let people: Vec<_> = people.into_iter().map(Arc::new).collect();
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> =
        people.iter().map(|person| tokio::spawn(write(Arc::clone(person), Arc::clone(&stop)))).collect();
    let mut copies = Vec::new();
    for number in 0..3 {
        // The server is written to between any two of them, and while each is made.
        let before = people[0].says("general", "before").await;
        let copy = root.path().join(format!("{number}.db"));
        done("backup", &copy, &data).await;
        copies.push((copy, before));
    }
    refused("backup", &copies[0].0, &data, "exists already").await;
    refused("restore", &copies[0].0, &data, "is using").await;
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(within("the last ack", writer).await.unwrap() > 0);
    }
    let stored = Database::open(&data).log("general");
    for (copy, before) in &copies {
        done("restore", copy, &again).await;
        {
            let restored = Database::open(&again);
            restored.check_invariants();
            let kept = restored.log("general");
            assert!(kept.len() as i64 >= *before, "what was acked before is in it");
            assert_eq!(kept, stored[..kept.len()], "it is as the log was at one moment");
        }
        refused("restore", copy, &again, "is not empty").await;
        std::fs::remove_dir_all(&again).unwrap();
    }
    let mut left: Vec<_> = read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["0.db", "1.db", "2.db", "data"], "nothing is left beside the copies");
    for person in &people {
        person.has_no_complaints();
    }
}

#[tokio::test]
async fn what_cannot_be_copied_is_told() {
    let root = tempfile::tempdir().unwrap();
    let (data, copy) = (root.path().join("data"), root.path().join("copy.db"));
    refused("backup", &copy, &data, "There is no database").await;
    refused("restore", &copy, &data, "no such file").await;
    std::fs::write(&copy, "Dear diary, ".repeat(100)).unwrap();
    refused("restore", &copy, &data, "is not a Chinwag database").await;
    let config = root.path().join("chinwag.toml");
    std::fs::write(&config, "storage = 'memory'").unwrap();
    let (config, file) = (config.to_str().unwrap(), copy.to_str().unwrap());
    let ended = Child::run(&["backup", file, "--config", config], &[]).await;
    assert!(!ended.status.success() && ended.stderr.contains("in memory"), "{}", ended.stderr);
}

/// The log grows to 10, and after a restore of the copy that was made at 7 to 13.
struct Restored {
    server: Child,
    proxy: Proxy,
    alex: Actor,
    sleeper: Actor,
    /// Of the server before.
    epoch: Value,
    _root: tempfile::TempDir,
}

impl Restored {
    async fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let (data, copy) = (root.path().join("data"), root.path().join("copy.db"));
        let server = Child::start(&data, &[]).await;
        let proxy = Proxy::before(server.address).await;
        let alex = member(&server, "Alex").await;
        let session = sign_in(&server.url(), "Sam").await.unwrap();
        let sleeper = Actor::connect(&proxy.url(), session).await;
        sleeper.joins("general").await;
        for text in ["3", "4", "5", "6"] {
            alex.says("general", text).await;
        }
        assert_eq!(alex.says("general", "7").await, 7);
        done("backup", &copy, &data).await;
        for text in ["8, which vanishes", "9, which vanishes", "10, which vanishes"] {
            alex.says("general", text).await;
        }
        sleeper.reaches("general", 10).await;
        let epoch = welcome(&server, &alex.session.token, None).await.1;
        proxy.close();
        sleeper.is_offline().await;
        server.kill().await;

        let again = root.path().join("again");
        done("restore", &copy, &again).await;
        let server = Child::start(&again, &[]).await;
        let alex = Actor::connect(&server.url(), alex.session.clone()).await;
        alex.joins("general").await;
        for number in 8..=13 {
            assert_eq!(alex.says("general", &format!("{number} anew")).await, number);
        }
        proxy.lead_to(server.address);
        Self { server, proxy, alex, sleeper, epoch, _root: root }
    }
}

/// Says hello with what was seen of `general`: the connection, and the epoch of the welcome.
async fn welcome(server: &Child, token: &str, seen: Option<Value>) -> (RawSocket, Value) {
    let mut socket = RawSocket::open(server.address).await;
    let mut hello = json!({"type": "hello", "ref": "hello", "token": token});
    if let (Some(hello), Some(Value::Object(seen))) = (hello.as_object_mut(), seen) {
        hello.extend(seen);
    }
    socket.say(&hello.to_string()).await;
    let welcome = socket.reply("hello").await;
    assert!(welcome["epoch"].is_string(), "{welcome}");
    (socket, welcome["epoch"].clone())
}

#[tokio::test]
async fn a_client_that_slept_over_a_restore_begins_anew() {
    let restored = Restored::new().await;
    let sleeper = &restored.sleeper;
    restored.proxy.open();
    sleeper.sees("general", "13 anew").await;
    assert_eq!(sleeper.view().resets, 1);
    for number in 8..=13 {
        assert!(sleeper.view().room("general").has(&format!("{number} anew")));
    }
    assert!(!sleeper.view().room("general").has("10, which vanishes"));
    restored.alex.says("general", "live").await;
    sleeper.sees("general", "live").await;
    sleeper.has_no_complaints();

    // And the new epoch is its own from here on.
    restored.proxy.close();
    sleeper.is_offline().await;
    restored.proxy.open();
    restored.alex.says("general", "later").await;
    sleeper.sees("general", "later").await;
    assert_eq!(sleeper.view().resets, 1);
}

#[tokio::test]
async fn a_hello_without_an_epoch_means_the_present_one() {
    let restored = Restored::new().await;
    let token = &restored.alex.session.token;
    let first = async |seen: Value| {
        let (mut socket, epoch) = welcome(&restored.server, token, Some(seen)).await;
        assert_ne!(epoch, restored.epoch);
        let frame = loop {
            match socket.next().await {
                // Who came meanwhile may be told first.
                Frame::Text(frame) if frame["type"] == "presence" => {}
                Frame::Text(frame) => break frame,
                other @ (Frame::Ping | Frame::Pong(_) | Frame::Close(_) | Frame::End) => {
                    panic!("{other:?} came")
                }
            }
        };
        (frame["type"].clone(), frame["seq"].clone(), frame["headSeq"].clone(), epoch)
    };
    let rooms = json!({"1": 10});
    let (kind, seq, _, epoch) = first(json!({"rooms": rooms})).await;
    assert_eq!((kind, seq), (json!("message"), json!(11)));
    let (kind, seq, ..) = first(json!({"rooms": rooms, "epoch": epoch})).await;
    assert_eq!((kind, seq), (json!("message"), json!(11)));
    let (kind, _, head, _) = first(json!({"rooms": rooms, "epoch": restored.epoch})).await;
    assert_eq!((kind, head), (json!("reset"), json!(13)));
}
