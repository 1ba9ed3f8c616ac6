//! Every frame that the document names is really spoken.

use crate::support::{FIRST_OWN, Frame, RawSocket, Server, request, within};
use chinwag_wire::native::{ClientFrame, ServerFrame};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A connection that notes which types of frames came.
struct Listener<'a> {
    socket: RawSocket,
    seen: &'a mut BTreeSet<String>,
    asked: &'a mut BTreeSet<String>,
}

impl Listener<'_> {
    async fn say(&mut self, frame: Value) {
        self.asked.insert(frame["type"].as_str().unwrap().to_owned());
        self.socket.say(&frame.to_string()).await;
    }

    /// Listens until a frame comes for which `last` holds.
    async fn until(&mut self, what: &str, last: impl Fn(&Value) -> bool) {
        within(what, async {
            loop {
                let frame = match self.socket.next().await {
                    Frame::Text(frame) => frame,
                    Frame::Ping | Frame::Pong(_) => continue,
                    end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} came before {what}"),
                };
                // The server's own types read what it wrote.
                serde_json::from_value::<ServerFrame>(frame.clone()).unwrap();
                self.seen.insert(frame["type"].as_str().unwrap().to_owned());
                if last(&frame) {
                    return;
                }
            }
        })
        .await;
    }

    async fn ask(&mut self, frame: Value) {
        let reference = frame["ref"].clone();
        self.say(frame).await;
        self.until("the reply", |reply| reply["ref"] == reference).await;
    }

    /// Listens until a frame of this type has come, now or before.
    async fn until_type(&mut self, kind: &str) {
        if self.seen.contains(kind) {
            return;
        }
        self.until(kind, |frame| frame["type"] == kind).await;
    }
}

#[tokio::test]
async fn every_type_of_the_document_is_spoken() {
    let server = Server::with(|config| config.replay_limit = 5).await;
    let (alice, bob) = (server.sign_in("Alice").await, server.sign_in("Bob").await);
    let (mut seen, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let (mut seen_by_bob, mut asked_by_bob) = (BTreeSet::new(), BTreeSet::new());

    let socket = RawSocket::open(server.address).await;
    let mut first = Listener { socket, seen: &mut seen, asked: &mut asked };
    first.ask(json!({"type": "hello", "ref": 1, "token": alice.token})).await;
    first
        .ask(json!({"type": "createRoom", "ref": 2, "slug": "tea", "title": "Tea", "topic": "Leaves"}))
        .await;
    first.ask(json!({"type": "join", "ref": 3, "room": FIRST_OWN})).await;
    first.ask(json!({"type": "rename", "ref": 4, "name": "Alicia"})).await;
    first.ask(json!({"type": "renew", "ref": "renew", "token": alice.token})).await;
    first.until_type("memberRenamed").await;
    first.ask(json!({"type": "updateRoom", "ref": 5, "room": FIRST_OWN, "title": "Tea & more"})).await;
    first.ask(json!({"type": "send", "ref": 6, "room": FIRST_OWN, "clientId": "a", "text": "Hello"})).await;
    first
        .ask(json!({"type": "say", "ref": "6b", "room": FIRST_OWN, "clientId": "help", "text": "/help"}))
        .await;
    let target = 5;
    let edit = json!({"type": "edit", "ref": "6c", "room": FIRST_OWN, "target": target, "clientId": "e", "text": "Hi"});
    first.ask(edit).await;
    first.until_type("messageEdited").await;
    let react =
        |kind: &str| json!({"type": kind, "ref": kind, "room": FIRST_OWN, "target": target, "emoji": "🎉"});
    first.ask(react("react")).await;
    first.until_type("reactionAdded").await;
    first.ask(react("unreact")).await;
    first.until_type("reactionRemoved").await;
    first.ask(json!({"type": "pin", "ref": "pin", "room": FIRST_OWN, "target": target})).await;
    first.until_type("messagePinned").await;
    first.ask(json!({"type": "unpin", "ref": "unpin", "room": FIRST_OWN, "target": target})).await;
    first.until_type("messageUnpinned").await;
    first
        .ask(json!({"type": "delete", "ref": "6d", "room": FIRST_OWN, "target": target, "clientId": "d"}))
        .await;
    first.until_type("messageDeleted").await;
    first.ask(json!({"type": "send", "ref": "6e", "room": FIRST_OWN, "clientId": "a2", "text": "Hey"})).await;
    let reply = json!({"type": "send", "ref": "6f", "room": FIRST_OWN, "clientId": "a3", "text": "Yes", "replyTo": target});
    first.ask(reply).await;
    let thread = |kind: &str| json!({"type": kind, "ref": kind, "room": FIRST_OWN, "root": 12, "seq": 12});
    for kind in ["thread", "followThread", "readThread", "unfollowThread"] {
        first.ask(thread(kind)).await;
    }
    first.ask(json!({"type": "threads", "ref": "threads"})).await;
    first.ask(json!({"type": "history", "ref": 7, "room": FIRST_OWN})).await;
    first.ask(json!({"type": "members", "ref": 8, "room": FIRST_OWN})).await;
    first.ask(json!({"type": "rooms", "ref": 9})).await;
    first.ask(json!({"type": "search", "ref": "9b", "q": "Hey"})).await;
    first.ask(json!({"type": "presence", "ref": 10, "state": "away"})).await;
    first.until_type("presence").await;
    first.ask(json!({"type": "typing", "ref": 11, "room": FIRST_OWN})).await;
    first.until_type("typing").await;
    first.ask(json!({"type": "ping", "ref": 14})).await;
    first.ask(json!({"type": "findRoom", "ref": 15, "slug": "tea"})).await;

    // Those who keep order have somebody be silent, and keep them out for a while.
    let bob_id = bob.user.user_id;
    let silent =
        json!({"type": "muteMember", "ref": "15a", "room": FIRST_OWN, "userId": bob_id, "reason": "Loud"});
    first.ask(silent).await;
    first.until_type("memberMuted").await;
    first.ask(json!({"type": "unmuteMember", "ref": "15b", "room": FIRST_OWN, "userId": bob_id})).await;
    first.until_type("memberUnmuted").await;
    first.ask(json!({"type": "banMember", "ref": "15c", "room": FIRST_OWN, "userId": bob_id})).await;
    first.until_type("memberBanned").await;
    first.ask(json!({"type": "bans", "ref": "15d", "room": FIRST_OWN})).await;
    first.ask(json!({"type": "unbanMember", "ref": "15e", "room": FIRST_OWN, "userId": bob_id})).await;
    first.until_type("memberUnbanned").await;

    // Another person comes and goes; another device of the same person reads and joins.
    let socket = RawSocket::open(server.address).await;
    let mut other = Listener { socket, seen: &mut seen_by_bob, asked: &mut asked_by_bob };
    other.ask(json!({"type": "hello", "ref": 1, "token": bob.token})).await;
    other.ask(json!({"type": "join", "ref": 2, "room": FIRST_OWN})).await;
    first.until_type("memberJoined").await;
    other.ask(json!({"type": "send", "ref": 3, "room": FIRST_OWN, "clientId": "b", "text": "Hi"})).await;
    first.until("the message", |frame| frame["clientId"] == "b").await;
    let report =
        json!({"type": "report", "ref": "15f", "room": FIRST_OWN, "target": 19, "reason": "Too short"});
    first.ask(report).await;
    other.ask(json!({"type": "leave", "ref": 4, "room": FIRST_OWN})).await;
    first.until_type("memberLeft").await;
    first.ask(json!({"type": "addMember", "ref": 16, "room": FIRST_OWN, "userId": bob_id})).await;
    first.until_type("memberAdded").await;
    let role =
        json!({"type": "setRole", "ref": 17, "room": FIRST_OWN, "userId": bob_id, "role": "moderator"});
    first.ask(role).await;
    first.until_type("roleChanged").await;
    first.ask(json!({"type": "removeMember", "ref": 18, "room": FIRST_OWN, "userId": bob_id})).await;
    first.until_type("memberRemoved").await;
    first.ask(json!({"type": "openDirect", "ref": 19, "users": [bob_id]})).await;
    let mut device = RawSocket::signed_in(server.address, &alice.token).await;
    device.say(&json!({"type": "read", "room": FIRST_OWN, "seq": 14}).to_string()).await;
    first.until_type("readMark").await;
    first.until_type("seen").await;
    device.say(&json!({"type": "markUnread", "room": FIRST_OWN, "seq": 14}).to_string()).await;
    first.until_type("markedUnread").await;
    let token = format!("authorization: Bearer {}", alice.token);
    let headers = [token.as_str(), "content-type: application/json"];
    let settings = r#"{"revision": 0, "settings": {}}"#;
    let put = request(server.address, "PUT /api/settings", &headers, settings).await;
    assert_eq!(put.status, 200, "{put:?}");
    first.until_type("settingsChanged").await;
    device.say(&json!({"type": "followThread", "room": FIRST_OWN, "root": 12}).to_string()).await;
    first.until_type("threadMark").await;
    device
        .say(
            &json!({"type": "say", "room": FIRST_OWN, "clientId": "remind", "text": "/remind 1h tea"})
                .to_string(),
        )
        .await;
    first.until_type("scheduleChanged").await;
    device.say(&json!({"type": "draft", "room": FIRST_OWN, "text": "Hel"}).to_string()).await;
    first.until_type("draft").await;
    device.say(r#"{"type":"join","room":2}"#).await;
    first.until_type("membership").await;
    device.say(r#"{"type":"rename","name":"Alina"}"#).await;
    first.until_type("userRenamed").await;
    let edit = |id: &str| json!({"type": "edit", "ref": id, "room": FIRST_OWN, "target": 12, "clientId": id, "text": id});
    first.ask(edit("e2")).await;
    first.ask(edit("e3")).await;
    first.ask(json!({"type": "read", "ref": 12, "room": FIRST_OWN, "seq": 10})).await;
    first.ask(json!({"type": "draft", "ref": "12a", "room": FIRST_OWN, "text": ""})).await;
    first.ask(json!({"type": "markUnread", "ref": "12b", "room": FIRST_OWN, "seq": 50})).await;
    first.socket.say(r#"{"type":"nonsense","ref":13}"#).await;
    first.until_type("error").await;

    // The first device goes and comes back: replay, snapshot, and a room that is gone.
    let socket = RawSocket::open(server.address).await;
    let mut again = Listener { socket, seen: &mut *first.seen, asked: &mut *first.asked };
    again.say(json!({"type": "hello", "ref": 1, "token": alice.token, "rooms": {FIRST_OWN.to_string(): 21, "2": 1, "404": 3}})).await;
    again.until_type("roomGone").await;
    again.until("the replay", |frame| frame["type"] == "resumed" && frame["room"] == FIRST_OWN).await;
    let socket = RawSocket::open(server.address).await;
    let mut late = Listener { socket, seen: &mut *again.seen, asked: &mut *again.asked };
    late.say(json!({"type": "hello", "ref": 1, "token": alice.token, "rooms": {FIRST_OWN.to_string(): 0}}))
        .await;
    late.until_type("reset").await;
    late.ask(json!({"type": "leave", "ref": 2, "room": 2})).await;
    late.ask(json!({"type": "deleteRoom", "ref": 3, "room": FIRST_OWN})).await;
    late.until_type("roomDeleted").await;
    late.until_type("directory").await;

    let mut expected: BTreeSet<_> = ServerFrame::types().into_iter().map(str::to_owned).collect();
    // Its place is before every join: the next test.
    expected.remove("roomCreated");
    // Comes when presence was told during a resume, which is a matter of luck. The slow reader's test is about it.
    expected.remove("stale");
    seen.remove("stale");
    assert_eq!(seen, expected);
    assert_eq!(asked, ClientFrame::TYPES.iter().map(|kind| (*kind).to_owned()).collect());
}

#[tokio::test]
async fn the_first_event_of_a_room_comes_with_a_resume_from_nothing() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    alice.create_room("tea", "Tea", "Leaves").await.unwrap();
    let mut socket = RawSocket::open(server.address).await;
    let token = &alice.session.token;
    socket
        .say(
            &json!({"type": "hello", "ref": 1, "token": token, "rooms": {FIRST_OWN.to_string(): 0}})
                .to_string(),
        )
        .await;
    let mut types = Vec::new();
    while types.last().is_none_or(|kind| kind != "resumed") {
        let frame = socket.next_text().await;
        types.push(frame["type"].as_str().unwrap().to_owned());
    }
    // What concerns lists of rooms may have been told just now, or come in between.
    types.retain(|kind| kind != "directory" && kind != "membership");
    assert_eq!(types, ["welcome", "roomCreated", "memberJoined", "resumed"]);
}
