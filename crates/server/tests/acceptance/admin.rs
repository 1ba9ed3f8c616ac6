//! The operator at the console, beside a running server and without one.

use crate::support::{Actor, Child, Ended, within};
use chinwag_client::protocol::{LogBody, MemberBody, RoomBody};
use chinwag_client::{End, sign_in};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use tempfile::TempDir;

async fn admin(data: &Path, arguments: &[&str]) -> Ended {
    let data = data.to_str().unwrap();
    Child::run(&[&["admin"], arguments, &["--data", data]].concat(), &[]).await
}

/// What the console answers on its standard output.
async fn told(data: &Path, arguments: &[&str]) -> String {
    let ended = admin(data, arguments).await;
    assert!(ended.status.success(), "{}", ended.stderr);
    ended.stdout
}

async fn objects(data: &Path, arguments: &[&str]) -> Vec<Value> {
    told(data, &[arguments, &["--json"]].concat())
        .await
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

async fn enter(server: &Child, name: &str) -> Actor {
    Actor::connect(&server.url(), sign_in(&server.url(), name).await.unwrap()).await
}

fn slugs(rooms: &[Value]) -> Vec<&str> {
    rooms.iter().filter_map(|room| room["slug"].as_str()).collect()
}

#[tokio::test]
async fn rooms_are_seen_and_deleted_while_people_are_in_them() {
    let data = TempDir::new().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let (alice, bob) = (enter(&server, "Alice").await, enter(&server, "Bob").await);
    alice.create_room("tea", "Tea", "").await.unwrap();
    alice.joins("tea").await;
    bob.joins("tea").await;
    alice.says("tea", "Hello").await;

    let rooms = objects(data.path(), &["rooms", "list", "--by-guests"]).await;
    assert_eq!(slugs(&rooms), ["tea"]);
    assert_eq!((rooms[0]["members"].as_i64(), rooms[0]["madeBy"]["name"].as_str()), (Some(2), Some("Alice")));
    let table = told(data.path(), &["rooms", "list", "--search", "TEA"]).await;
    assert!(
        table.contains("#tea") && table.contains("Alice (guest") && table.ends_with("1 room\n"),
        "{table}"
    );

    assert_eq!(told(data.path(), &["rooms", "delete", "#tea", "--yes"]).await, "Deleted #tea (Tea).\n");
    for person in [&alice, &bob] {
        let deleted = |body: &LogBody| matches!(body, LogBody::Room(RoomBody::RoomDeleted {}));
        person
            .until("the end of the room", |view| {
                view.room("tea").log.last().is_some_and(|event| deleted(&event.body))
                    && !view.directory.contains_key("tea")
            })
            .await;
        person.has_no_complaints();
    }
    assert_eq!(slugs(&objects(data.path(), &["rooms", "list"]).await), ["general", "tech", "random"]);
}

#[tokio::test]
async fn people_are_seen_and_removed_while_they_are_connected() {
    let data = TempDir::new().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let (alice, bob) = (enter(&server, "Alice").await, enter(&server, "Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    alice.says("general", "Hello").await;
    bob.sees("general", "Hello").await;
    let users = objects(data.path(), &["users", "list"]).await;
    let names: Vec<_> =
        users.iter().map(|user| (user["name"].as_str().unwrap(), user["rooms"].as_i64().unwrap())).collect();
    assert_eq!(names, [("Alice", 1), ("Bob", 1)]);

    let id = alice.id().to_string();
    assert_eq!(told(data.path(), &["users", "remove", &id, "--yes"]).await, "Removed Alice.\n");
    let end = within("the end of her client", alice.ended()).await;
    assert!(matches!(end, End::Dismissed { code: 4100 | 4101, .. }), "{end:?}");
    let left = |body: &LogBody| matches!(body, LogBody::Member(MemberBody::MemberLeft { .. }));
    bob.until("her leaving", |view| view.room("general").log.iter().any(|event| left(&event.body))).await;
    assert!(bob.view().room("general").has("Hello"), "what she wrote stays");
    enter(&server, "Alice").await;
}

#[tokio::test]
async fn without_a_server_the_data_is_changed_all_the_same() {
    let data = TempDir::new().unwrap();
    let server = Child::start(data.path(), &[]).await;
    let alice = enter(&server, "Alice").await;
    alice.create_room("tea", "Tea", "").await.unwrap();
    let socket = data.path().join("chinwag.sock");
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    server.terminate();
    assert!(server.ended().await.success());
    assert!(!socket.exists(), "the socket goes with the server");

    assert_eq!(told(data.path(), &["rooms", "delete", "tea", "-y"]).await, "Deleted #tea (Tea).\n");
    assert_eq!(objects(data.path(), &["users", "remove", "Alice", "--yes"]).await[0]["kind"], "guest");
    let server = Child::start(data.path(), &[]).await;
    let bob = enter(&server, "Bob").await;
    assert_eq!(bob.addresses("", 100).await, ["general", "random", "tech"]);
    assert!(objects(data.path(), &["users", "list", "--search", "ali"]).await.is_empty());
}

#[tokio::test]
async fn a_socket_that_a_crash_left_behind_is_in_nobodys_way() {
    let data = TempDir::new().unwrap();
    Child::start(data.path(), &[]).await.kill().await;
    assert!(data.path().join("chinwag.sock").exists());
    assert_eq!(objects(data.path(), &["rooms", "list"]).await.len(), 3, "without a server");
    let _server = Child::start(data.path(), &[]).await;
    assert_eq!(objects(data.path(), &["rooms", "list"]).await.len(), 3, "with one");
}

#[tokio::test]
async fn nothing_is_removed_without_a_yes() {
    let data = TempDir::new().unwrap();
    let _server = Child::start(data.path(), &[]).await;
    let ended = admin(data.path(), &["rooms", "delete", "general"]).await;
    assert!(!ended.status.success() && ended.stderr.contains("say --yes"), "{}", ended.stderr);
    assert_eq!(objects(data.path(), &["rooms", "list"]).await.len(), 3);
}

#[tokio::test]
async fn what_is_not_there_is_told_after_the_rest_is_done() {
    let data = TempDir::new().unwrap();
    let _server = Child::start(data.path(), &[]).await;
    let ended = admin(data.path(), &["rooms", "delete", "nowhere", "404", "tech", "--yes"]).await;
    assert_eq!(ended.stdout, "Deleted #tech (Tech).\n");
    assert!(
        !ended.status.success() && ended.stderr.contains("there is no room nowhere, 404"),
        "{}",
        ended.stderr
    );
    let ended = admin(data.path(), &["users", "remove", "Nobody", "--yes"]).await;
    assert!(
        !ended.status.success() && ended.stderr.contains("there is no account Nobody"),
        "{}",
        ended.stderr
    );
    let ended = admin(&data.path().join("elsewhere"), &["rooms", "list"]).await;
    assert!(!ended.status.success() && ended.stderr.contains("there is no database"), "{}", ended.stderr);
}
