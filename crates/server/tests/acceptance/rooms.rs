//! Rooms come, change and go, and everyone's list follows.

use crate::support::{RawSocket, Server, conversation};
use chinwag_client::protocol::{ErrorCode, LogEvent};
use serde_json::json;

#[tokio::test]
async fn the_first_start_has_three_rooms() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let rooms = alice.rooms().await.unwrap();
    let slugs: Vec<_> = rooms.iter().map(|room| room.room.as_str()).collect();
    assert_eq!(slugs, ["general", "random", "tech"]);
    assert!(rooms.iter().all(|room| !room.member && !room.mine && room.unread == 0));
}

#[tokio::test]
async fn a_new_room_appears_in_everyones_list() {
    let (_server, alice, bob) = conversation().await;
    let room = alice.create_room("tea", "Tea", "Leaves").await.unwrap();
    assert!(room.member && room.mine);
    bob.until("the room", |view| view.directory.get("tea").is_some_and(|title| title == "Tea")).await;
    bob.joins("tea").await;
    alice.joins("tea").await;
    alice.update_room("tea", Some("Tea & more"), Some("Leaves, too")).await.unwrap();
    bob.until("the new title", |view| {
        view.directory["tea"] == "Tea & more" && view.room("tea").title == "Tea & more"
    })
    .await;
    bob.has_no_complaints();
}

#[tokio::test]
async fn how_many_are_online_is_in_the_list() {
    let (server, alice, _bob) = conversation().await;
    let carol = server.enter("Carol").await;
    let online = |rooms: &[chinwag_client::protocol::RoomSummary]| {
        rooms.iter().map(|room| (room.room.clone(), room.online)).collect::<Vec<_>>()
    };
    let expected = [("general".to_owned(), 2), ("random".to_owned(), 0), ("tech".to_owned(), 0)];
    assert_eq!(online(&carol.rooms().await.unwrap()), expected);
    assert_eq!(online(&alice.rooms().await.unwrap()), expected);
    assert!(carol.view().welcomed.is_empty(), "she is in no room yet");
}

#[tokio::test]
async fn a_deleted_room_ends_for_everyone_and_is_not_found_any_more() {
    let (server, alice, bob) = conversation().await;
    alice.create_room("tea", "Tea", "").await.unwrap();
    alice.joins("tea").await;
    bob.joins("tea").await;
    alice.says("tea", "last words").await;
    alice.delete_room("tea").await.unwrap();
    let deleted = |event: &LogEvent| matches!(event, LogEvent::RoomDeleted { .. });
    for person in [&alice, &bob] {
        person.until("the end of the room", |view| view.room("tea").log.last().is_some_and(deleted)).await;
        person.until("the shorter list", |view| !view.directory.contains_key("tea")).await;
    }
    let error = bob.send("tea", "hello?").await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::RoomNotFound);

    // Whoever was away learns it on coming back.
    let mut raw = RawSocket::open(server.address).await;
    raw.say(
        &json!({"type": "hello", "ref": "a", "token": bob.session.token, "rooms": {"tea": 2}}).to_string(),
    )
    .await;
    raw.reply("a").await;
    let crate::support::Frame::Text(frame) = raw.next().await else { panic!("the server closed") };
    assert_eq!(frame, json!({"type": "roomGone", "room": "tea"}));

    // The short name is free again, for a room with a log of its own that begins behind the old one.
    bob.create_room("tea", "Another", "").await.unwrap();
    let snapshot = bob.join("tea", 50).await.unwrap();
    assert_eq!((snapshot.messages.len(), snapshot.head_seq), (0, 7));
    bob.says("tea", "first").await;
    bob.sees("tea", "first").await;
    bob.has_no_complaints();
}

#[tokio::test]
async fn one_connection_is_in_many_rooms() {
    let (_server, alice, bob) = conversation().await;
    for room in ["tech", "random"] {
        alice.joins(room).await;
        bob.joins(room).await;
    }
    for room in ["general", "tech", "random"] {
        alice.says(room, room).await;
    }
    for room in ["general", "tech", "random"] {
        bob.sees(room, room).await;
        assert_eq!(crate::support::texts(&bob.view().room(room).log), [room]);
    }
}

#[tokio::test]
async fn joining_costs_the_same_bytes_whoever_is_there() {
    let server = Server::start().await;
    let mut sizes = Vec::new();
    for present in [10, 300] {
        let room = format!("room-{present}");
        let first = server.enter(&format!("First {present}")).await;
        first.create_room(&room, "Room", "").await.unwrap();
        let mut others = Vec::new();
        for number in 1..present {
            let other = server.enter(&format!("p {present} {number}")).await;
            other.joins(&room).await;
            others.push(other);
        }
        for limit in [0, 50] {
            let person = server.sign_in(&format!("Last {present} {limit}")).await;
            let mut raw = RawSocket::signed_in(server.address, &person.token).await;
            raw.say(&json!({"type": "join", "ref": "j", "room": room, "limit": limit}).to_string()).await;
            let joined = raw.reply("j").await;
            let members = joined["members"].as_array().unwrap().len();
            assert_eq!(joined["memberCount"], present + 1 + i32::from(limit == 50));
            sizes.push((limit, members, joined.to_string().len()));
        }
    }
    let [few_bare, _, many_bare, many] = sizes[..] else { unreachable!() };
    assert_eq!((few_bare.1, many_bare.1), (0, 0), "a room that is not shown comes without its people");
    assert!(many_bare.2 < few_bare.2 + 10, "{sizes:?}");
    assert_eq!(many.1, 100, "a bounded page");
}
