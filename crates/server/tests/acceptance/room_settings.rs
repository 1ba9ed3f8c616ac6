//! Who finds a room and reads what was said in it, when that changes.

use crate::support::{Actor, Frame, RawSocket, Server, within};
use chinwag_client::protocol::{
    ErrorCode, LogBody, RoomBody, RoomHistory, RoomKind, RoomPosting, UpdateRoom,
};
use chinwag_client::{RequestError, Window};
use serde_json::{Value, json};

fn change(room: i64) -> UpdateRoom {
    UpdateRoom {
        reference: None,
        room,
        title: None,
        topic: None,
        slug: None,
        kind: None,
        history: None,
        posting: None,
        slow_mode_s: None,
        archived: None,
    }
}

fn code(error: RequestError) -> ErrorCode {
    error.refusal().unwrap().code
}

async fn texts(actor: &Actor, room: i64) -> Vec<String> {
    let page = actor.client().history(room, Window::Latest, 100).await.unwrap();
    crate::support::texts(&page.messages).into_iter().map(str::to_owned).collect()
}

/// A visitor who speaks the room vocabulary of the simple protocol.
struct Visitor(RawSocket);

impl Visitor {
    async fn enter(server: &Server, room: &str) -> Self {
        let mut visitor = Self(RawSocket::open_at(server.next_address(), "/simple").await);
        visitor.0.say(&json!({"type": "join", "username": "Bot", "room": room}).to_string()).await;
        visitor.until("joined").await;
        visitor
    }

    /// Everything that comes up to a frame of this type.
    async fn until(&mut self, kind: &str) -> Vec<Value> {
        let mut heard = Vec::new();
        within(kind, async {
            loop {
                match self.0.next().await {
                    Frame::Text(frame) => {
                        heard.push(frame);
                        if heard.last().is_some_and(|frame| frame["type"] == kind) {
                            return;
                        }
                    }
                    Frame::Ping | Frame::Pong(_) => {}
                    end @ (Frame::Close(_) | Frame::End) => panic!("{end:?}"),
                }
            }
        })
        .await;
        heard
    }
}

async fn a_room_is_closed_to_those_who_are_not_in_it(server: Server) {
    let (alice, bob, carol) =
        (server.enter("Alice").await, server.enter("Bob").await, server.enter("Carol").await);
    for round in 0..5 {
        let slug = format!("tea-{round}");
        let room = alice.create_room(&slug, "Tea", "Leaves").await.unwrap().room;
        alice.joins(&slug).await;
        bob.joins(&slug).await;
        let mut visitor = Visitor::enter(&server, &slug).await;
        alice.says(&slug, "open").await;
        visitor.until("message").await;
        carol.until("the room", |view| view.directory.contains_key(&slug)).await;
        let closed = UpdateRoom { kind: Some(RoomKind::Private), ..change(room) };
        let closed = alice.change_room(closed).await.unwrap();
        assert_eq!(closed.kind, RoomKind::Private);
        assert!(closed.slug.is_some_and(|address| !address.contains("tea")));
        for word in ["secret", "still secret"] {
            alice.client().send(room, word).await.unwrap();
        }
        // Bob is in it and hears on; the visitor hears of it no more, not even that it was closed.
        bob.until("the secret", |view| view.room(&slug).has("still secret")).await;
        let change = |body: &LogBody| match body {
            LogBody::Room(RoomBody::RoomUpdated(state)) => Some(state.kind),
            LogBody::Room(_) | LogBody::Member(_) | LogBody::Message(_) => None,
        };
        assert!(bob.view().room(&slug).log.iter().any(|it| change(&it.body) == Some(RoomKind::Private)));
        visitor.0.say(&json!({"type": "join", "username": "Bot", "room": "general"}).to_string()).await;
        let heard = visitor.until("joined").await;
        assert!(!format!("{heard:?}").contains("secret"), "{heard:?}");
        assert!(!format!("{heard:?}").contains("private"), "{heard:?}");
        carol.until("the end of the room", |view| !view.directory.contains_key(&slug)).await;
        assert_eq!(code(carol.client().join(room, 10).await.unwrap_err()), ErrorCode::RoomNotFound);
        assert!(carol.rooms().await.unwrap().iter().all(|listed| listed.room != room));
        assert_eq!(texts(&bob, room).await, ["open", "secret", "still secret"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_hears_a_room_that_is_not_public_any_more() {
    a_room_is_closed_to_those_who_are_not_in_it(Server::start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_hears_it_at_another_node() {
    a_room_is_closed_to_those_who_are_not_in_it(Server::of_nodes(2).await).await;
}

#[tokio::test]
async fn what_was_said_in_private_is_not_told_when_the_room_opens() {
    let server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let room = alice.create_private_room("Den", &[]).await.unwrap().room;
    alice.client().send(room, "secret").await.unwrap();
    let opened =
        alice.change_room(UpdateRoom { kind: Some(RoomKind::Public), ..change(room) }).await.unwrap();
    assert_eq!(opened.slug.as_deref(), Some("den"));
    bob.until("the room", |view| view.directory.contains_key("den")).await;
    let joined = bob.client().join(room, 50).await.unwrap();
    assert!(joined.messages.is_empty() && !joined.has_before);
    assert_eq!(joined.events_from, opened.head_seq);
    alice.client().send(room, "welcome").await.unwrap();
    assert_eq!(texts(&bob, room).await, ["welcome"]);
    assert_eq!(texts(&alice, room).await, ["secret", "welcome"]);
    // Whoever says that the beginning is known is not told the rest of it, but begins anew.
    let mut again = RawSocket::open(server.next_address()).await;
    let hello =
        json!({"type": "hello", "ref": 1, "token": bob.session.token, "rooms": {room.to_string(): 0}});
    again.say(&hello.to_string()).await;
    let mut told = String::new();
    within("the end of the resume", async {
        while !told.contains("\"resumed\"") {
            if let Frame::Text(frame) = again.next().await {
                told.push_str(&frame.to_string());
            }
        }
    })
    .await;
    assert!(told.contains("\"reset\"") && told.contains("welcome") && !told.contains("secret"), "{told}");
}

#[tokio::test]
async fn newcomers_read_nothing_from_before_where_the_room_says_so() {
    let server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    alice.joins("tea").await;
    alice.says("tea", "before").await;
    let kept = UpdateRoom { history: Some(RoomHistory::Joined), ..change(room) };
    assert_eq!(alice.change_room(kept).await.unwrap().settings.history, RoomHistory::Joined);
    bob.joins("tea").await;
    alice.says("tea", "after").await;
    bob.sees("tea", "after").await;
    assert_eq!(texts(&bob, room).await, ["after"]);
    let mut visitor = Visitor(RawSocket::open_at(server.address, "/simple").await);
    visitor.0.say(&json!({"type": "join", "username": "Bot", "room": "tea"}).to_string()).await;
    let joined = visitor.until("joined").await;
    assert_eq!(joined.last().unwrap()["history"], json!([]));
    alice.says("tea", "now").await;
    assert_eq!(visitor.until("message").await.last().unwrap()["text"], "now");
    bob.has_no_complaints();
}

#[tokio::test]
async fn a_room_says_who_writes_and_how_fast_and_whether_at_all() {
    let (server, alice, bob) = crate::support::conversation().await;
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    alice.joins("tea").await;
    bob.joins("tea").await;
    let mut visitor = Visitor::enter(&server, "tea").await;
    let posting = UpdateRoom { posting: Some(RoomPosting::Moderators), ..change(room) };
    assert_eq!(alice.change_room(posting).await.unwrap().settings.posting, RoomPosting::Moderators);
    alice.says("tea", "orders").await;
    assert_eq!(code(bob.send("tea", "may I?").await.unwrap_err()), ErrorCode::ReadOnly);
    visitor.0.say(&json!({"type": "message", "text": "may I?"}).to_string()).await;
    let refused = visitor.until("error").await;
    assert_eq!(refused.last().unwrap()["message"], "Only moderators write in this room.");

    let slow = UpdateRoom { posting: Some(RoomPosting::Everyone), slow_mode_s: Some(60), ..change(room) };
    alice.change_room(slow).await.unwrap();
    let mut socket = RawSocket::signed_in(server.next_address(), &bob.session.token).await;
    let mut answers = Vec::new();
    for word in ["one", "two"] {
        let send = json!({"type": "send", "ref": word, "room": room, "clientId": word, "text": word});
        socket.say(&send.to_string()).await;
        answers.push(socket.reply(word).await);
    }
    assert_eq!((&answers[0]["type"], &answers[1]["code"]), (&json!("ack"), &json!("slow_mode")));
    let wait = answers[1]["retryAfterMs"].as_u64().unwrap();
    assert!((50_000..=60_000).contains(&wait) && answers[1]["retryable"] == true, "{}", answers[1]);

    let archived = UpdateRoom { archived: Some(true), ..change(room) };
    assert!(alice.change_room(archived).await.unwrap().settings.archived);
    assert_eq!(code(alice.send("tea", "still?").await.unwrap_err()), ErrorCode::Archived);
    bob.until("the end", |view| {
        view.room("tea").log.iter().any(|event| match &event.body {
            LogBody::Room(RoomBody::RoomUpdated(state)) => state.settings.archived,
            LogBody::Room(_) | LogBody::Member(_) | LogBody::Message(_) => false,
        })
    })
    .await;
    assert_eq!(alice.addresses("", 100).await.last().map(String::as_str), Some("tea"));
    let over_rest = crate::support::request(
        server.address,
        &format!("PATCH /api/rooms/{room}"),
        &[&format!("authorization: Bearer {}", alice.session.token), "content-type: application/json"],
        r#"{"archived": false, "slowModeS": 0}"#,
    )
    .await;
    assert!(over_rest.status == 200 && !over_rest.body.contains("slowModeS"), "{}", over_rest.body);
    alice.says("tea", "again").await;
    bob.has_no_complaints();
}
