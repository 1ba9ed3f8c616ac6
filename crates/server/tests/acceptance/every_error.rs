//! Codes of errors are reached by what the document says. Those of limits stand in `limits.rs`.

use crate::support::{Actor, RawSocket, Server, conversation, within};
use chinwag_client::protocol::{ErrorCode, ProtocolError};
use chinwag_client::{RequestError, RestError, sign_in};
use serde_json::json;

fn refusal<T: std::fmt::Debug>(result: Result<T, RequestError>) -> ProtocolError {
    result.unwrap_err().refusal().unwrap().clone()
}

fn code<T: std::fmt::Debug>(result: Result<T, RequestError>) -> ErrorCode {
    refusal(result).code
}

#[tokio::test]
async fn rooms() {
    let (server, alice, bob) = conversation().await;
    let carol = server.enter("Carol").await;
    assert_eq!(code(alice.join("nowhere", 0).await), ErrorCode::RoomNotFound);
    assert_eq!(code(alice.leave("nowhere").await), ErrorCode::RoomNotFound);
    assert_eq!(code(alice.send("nowhere", "hi").await), ErrorCode::RoomNotFound);
    assert_eq!(code(alice.join("...", 0).await), ErrorCode::RoomInvalid);
    assert_eq!(code(alice.create_room("tea", "", "").await), ErrorCode::RoomInvalid);
    assert_eq!(code(alice.create_room("tea", &"x".repeat(61), "").await), ErrorCode::RoomInvalid);
    assert_eq!(code(alice.create_room("tea", "Tea", &"x".repeat(201)).await), ErrorCode::RoomInvalid);
    assert_eq!(code(alice.create_room("general", "Mine", "").await), ErrorCode::RoomExists);
    assert_eq!(code(carol.send("general", "hi").await), ErrorCode::NotMember);
    assert_eq!(code(carol.history("general", chinwag_client::Window::Latest, 1).await), ErrorCode::NotMember);
    assert_eq!(code(carol.members("general", None, 1).await), ErrorCode::NotMember);
    assert_eq!(code(carol.read("general", 1).await), ErrorCode::NotMember);
    assert_eq!(code(carol.typing("general").await), ErrorCode::NotMember);
    assert_eq!(code(bob.update_room("general", Some("Bob's"), None).await), ErrorCode::Forbidden);
    assert_eq!(code(bob.delete_room("general").await), ErrorCode::Forbidden);
}

#[tokio::test]
async fn messages() {
    let (_server, alice, bob) = conversation().await;
    assert_eq!(code(alice.send("general", " \n\t ").await), ErrorCode::MessageEmpty);
    assert_eq!(code(alice.send("general", "tea\0").await), ErrorCode::MessageInvalid);
    let refused = refusal(alice.send("general", &"x".repeat(2001)).await);
    assert_eq!(refused.code, ErrorCode::MessageTooLong);
    assert!(refused.message.contains("2000"), "the limit is named: {}", refused.message);
    assert_eq!(code(alice.send_as("general", "no spaces", "hi").await), ErrorCode::ClientIdInvalid);
    assert_eq!(code(alice.send_as("general", &"x".repeat(65), "hi").await), ErrorCode::ClientIdInvalid);
    alice.joins("tech").await;
    alice.send_as("general", "once", "hi").await.unwrap();
    assert_eq!(code(alice.send_as("tech", "once", "hi").await), ErrorCode::ClientIdReused);
    let general = alice.room_id("general");
    let edited = |client_id, target| alice.client().edit_as(general, target, client_id, "ho");
    assert_eq!(code(edited("once", 1).await), ErrorCode::ClientIdReused);
    assert_eq!(code(edited("e", 1).await), ErrorCode::MessageNotFound);
    let hers = alice.says("general", "hers").await;
    assert_eq!(code(alice.client().edit(general, hers, " ").await), ErrorCode::MessageEmpty);
    assert_eq!(code(bob.client().edit(general, hers, "his").await), ErrorCode::Forbidden);
    assert_eq!(code(bob.client().delete_message(general, hers).await), ErrorCode::Forbidden);
    let react = async |emoji: &str| alice.client().react(general, hers, emoji).await;
    for no_emoji in ["", "a", "👍👍", ":+1:"] {
        assert_eq!(code(react(no_emoji).await), ErrorCode::EmojiInvalid);
    }
    assert_eq!(code(alice.client().react(general, 1, "👍").await), ErrorCode::MessageNotFound);
    for number in 0..20 {
        let emoji = char::from_u32(0x1f600 + number).unwrap().to_string();
        react(&emoji).await.unwrap();
    }
    assert_eq!(code(react("👍").await), ErrorCode::ReactionLimit);
    bob.send_as("tech", "once", "hi").await.unwrap_err();
    bob.send_as("general", "once", "mine").await.unwrap();

    // Nothing was cut: what fits exactly comes whole.
    let longest = "é".repeat(2000);
    alice.says("general", &longest).await;
    bob.sees("general", &longest).await;
}

#[tokio::test]
async fn names() {
    let (server, alice, bob) = conversation().await;
    assert_eq!(code(alice.rename("<b>").await), ErrorCode::NameInvalid);
    assert_eq!(code(alice.rename("BOB").await), ErrorCode::NameTaken);
    for (name, status, expected) in [("<b>", 400, ErrorCode::NameInvalid), ("bOb", 409, ErrorCode::NameTaken)]
    {
        let Err(RestError::Refused { status: told, error }) = sign_in(&server.url(), name).await else {
            panic!("{name} was let in")
        };
        assert_eq!((told, error.code), (status, expected));
    }
    bob.has_no_complaints();
}

#[tokio::test]
async fn frames() {
    let (server, alice, _bob) = conversation().await;
    let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
    let twice = json!({"type": "hello", "ref": "a", "token": alice.session.token});
    for (frame, expected) in [
        (json!({"type": "send", "ref": "a", "room": 1, "text": "no clientId"}), "bad_frame"),
        (json!({"type": "join", "ref": "a", "room": "general"}), "bad_frame"),
        (json!({"ref": "a"}), "bad_frame"),
        (json!({"type": "shout", "ref": "a"}), "unknown_type"),
        (twice, "already_signed_in"),
    ] {
        raw.say(&frame.to_string()).await;
        let reply = raw.reply("a").await;
        assert_eq!((&reply["type"], &reply["code"]), (&json!("error"), &json!(expected)), "{frame}");
    }
}

#[tokio::test]
async fn guest_room_limit() {
    let server = Server::with(|config| config.guest_rooms = 1).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.create_room("tea", "Tea", "").await.unwrap();
    for person in [&alice, &bob] {
        let refused = refusal(person.create_room("milk", "Milk", "").await);
        assert_eq!((refused.code, refused.retryable), (ErrorCode::GuestRoomLimit, false));
    }
    alice.joins("tea").await;
    alice.delete_room("tea").await.unwrap();
    bob.create_room("milk", "Milk", "").await.unwrap();
}

#[tokio::test]
async fn room_limit() {
    let server = Server::with(|config| config.rooms_per_person = 2).await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    alice.joins("tech").await;
    assert_eq!(code(alice.join("random", 0).await), ErrorCode::RoomLimit);
    assert_eq!(code(alice.create_room("tea", "Tea", "").await), ErrorCode::RoomLimit);
    alice.joins("tech").await;
    alice.leave("tech").await.unwrap();
    alice.joins("random").await;
}

#[tokio::test]
async fn unauthorized() {
    let server = Server::start().await;
    let mut raw = RawSocket::open(server.address).await;
    raw.say(r#"{"type":"hello","ref":"a","token":"cw_nobodys"}"#).await;
    let reply = raw.reply("a").await;
    assert_eq!((&reply["code"], &reply["retryable"]), (&json!("unauthorized"), &json!(false)));
    assert_eq!(raw.closed().await, 4100);
}

/// While another process holds the database, writes are refused as retryable, reads go on, and nothing is lost or doubled.
#[tokio::test]
async fn unavailable_passes() {
    let (server, alice, bob) = conversation().await;
    alice.says("general", "before").await;
    let held = server.database().hold();
    let refused = refusal(within("a refusal", alice.send_as("general", "a", "meanwhile")).await);
    assert_eq!((refused.code, refused.retryable), (ErrorCode::Unavailable, true));
    assert!(refused.retry_after_ms.is_some_and(|wait| (500..=1500).contains(&wait)), "{refused:?}");
    assert!(bob.history("general", chinwag_client::Window::Latest, 10).await.is_ok());
    drop(held);
    let first = alice.send_as("general", "a", "meanwhile").await.unwrap();
    assert_eq!(alice.send_as("general", "a", "meanwhile").await.unwrap(), first);
    bob.sees("general", "meanwhile").await;
    let texts = |person: &Actor| {
        let view = person.view();
        view.room("general").log.iter().filter(|event| event.header.seq == first.seq).count()
    };
    assert_eq!(texts(&bob), 1);
    bob.has_no_complaints();
    server.database().check_invariants();
}
