//! Rooms come, change and go, and everyone's list follows.

use crate::support::{FIRST_OWN, RawSocket, Server, conversation};
use chinwag_client::protocol::{ErrorCode, LogBody, LogEvent, RoomBody, RoomRole};
use serde_json::json;
use std::ops::Deref as _;

#[tokio::test]
async fn the_first_start_has_three_rooms() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let rooms = alice.rooms().await.unwrap();
    let slugs: Vec<_> = rooms.iter().filter_map(|room| room.slug.as_deref()).collect();
    assert_eq!(slugs, ["general", "random", "tech"]);
    assert!(rooms.iter().all(|room| !room.member && room.role.is_none() && room.unread == 0));
}

#[tokio::test]
async fn a_new_room_appears_in_everyones_list() {
    let (_server, alice, bob) = conversation().await;
    let room = alice.create_room("tea", "Tea", "Leaves").await.unwrap();
    assert!(room.member && room.role == Some(RoomRole::Owner));
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
async fn the_list_is_read_and_searched_page_by_page() {
    let (_server, alice, bob) = conversation().await;
    for number in 0..12 {
        alice.create_room(&format!("tea-{number}"), &format!("Tea {number}"), "Leaves").await.unwrap();
    }
    alice.create_room("attic", "Attic", "").await.unwrap();
    let all = bob.addresses("", 5).await;
    assert_eq!(all[..4], ["general", "random", "tech", "attic"]);
    assert_eq!(all.len(), 16);
    assert_eq!(bob.addresses("", 100).await, all);
    assert_eq!(bob.addresses("LEAVES", 5).await.len(), 12);
    assert_eq!(bob.addresses("tea 11", 5).await, ["tea-11"]);
    assert!(bob.addresses("coffee", 5).await.is_empty());
    bob.joins("tea-7").await;
    assert_eq!(bob.addresses("", 100).await[..4], ["general", "random", "tech", "tea-7"]);
    let error = bob.deref().rooms("", Some("page two"), 5).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::BadFrame);
}

#[tokio::test]
async fn how_many_are_online_is_in_the_list() {
    let (server, alice, _bob) = conversation().await;
    let carol = server.enter("Carol").await;
    let online = |rooms: &[chinwag_client::protocol::RoomSummary]| {
        rooms.iter().map(|room| (room.slug.clone().unwrap(), room.online)).collect::<Vec<_>>()
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
    let deleted = |event: &LogEvent| matches!(event.body, LogBody::Room(RoomBody::RoomDeleted {}));
    for person in [&alice, &bob] {
        person.until("the end of the room", |view| view.room("tea").log.last().is_some_and(deleted)).await;
        person.until("the shorter list", |view| !view.directory.contains_key("tea")).await;
    }
    let error = bob.send("tea", "hello?").await.unwrap_err();
    assert_eq!(error.refusal().unwrap().code, ErrorCode::RoomNotFound);

    // Whoever was away learns it on coming back.
    let mut raw = RawSocket::open(server.address).await;
    raw.say(
        &json!({"type": "hello", "ref": "a", "token": bob.session.token, "rooms": {FIRST_OWN.to_string(): 2}}).to_string(),
    )
    .await;
    raw.reply("a").await;
    let frame = raw.next_text().await;
    assert_eq!(frame, json!({"type": "roomGone", "room": FIRST_OWN}));

    // The address is free again, for another room with a log of its own.
    let other = bob.create_room("tea", "Another", "").await.unwrap();
    assert_eq!(other.room, FIRST_OWN + 1);
    bob.joins("tea").await;
    let snapshot = bob.join("tea", 50).await.unwrap();
    assert_eq!((snapshot.messages.len(), snapshot.summary.head_seq), (0, 2));
    bob.says("tea", "first").await;
    bob.sees("tea", "first").await;
    bob.has_no_complaints();

    // One who slept over both still comes back to the room that was, and not to its successor.
    let mut raw = RawSocket::open(server.address).await;
    raw.say(
        &json!({"type": "hello", "ref": "a", "token": alice.session.token, "rooms": {FIRST_OWN.to_string(): 1}})
            .to_string(),
    )
    .await;
    raw.reply("a").await;
    let frame = raw.next_text().await;
    assert_eq!(frame, json!({"type": "roomGone", "room": FIRST_OWN}));
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
            raw.say(&json!({"type": "join", "ref": "j", "slug": room, "limit": limit}).to_string()).await;
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

#[tokio::test]
async fn an_address_that_a_room_had_before_leads_to_it() {
    let (server, alice, bob) = conversation().await;
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    let moved = (*alice).update_room(room, None, None, Some("green-tea")).await.unwrap();
    assert_eq!((moved.room, moved.slug.as_deref()), (room, Some("green-tea")));
    for address in ["tea", "green-tea"] {
        let joined = bob.join(address, 10).await.unwrap().summary;
        assert_eq!((joined.room, joined.slug.as_deref()), (room, Some("green-tea")), "{address}");
        let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
        raw.say(&json!({"type": "findRoom", "ref": "f", "slug": address}).to_string()).await;
        assert_eq!(raw.reply("f").await["room"]["room"], room, "{address}");
    }
    // Until another room takes it.
    let other = bob.create_room("tea", "Black tea", "").await.unwrap().room;
    assert_eq!(alice.join("tea", 10).await.unwrap().summary.room, other);
    bob.has_no_complaints();
}
