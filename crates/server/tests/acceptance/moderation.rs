//! What those do to others who keep order in a room.

use crate::support::{Actor, Frame, RawSocket, Server, request, within};
use chinwag_client::RequestError;
use chinwag_client::protocol::{ErrorCode, LogBody, MemberBody, MessageBody, ProtocolError, RoomRole};
use serde_json::{Value, json};

fn refused(error: RequestError) -> ProtocolError {
    error.refusal().unwrap().clone()
}

/// A time that is far away, in milliseconds.
const FAR: i64 = 4_000_000_000_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_banned_hears_nothing_and_does_not_come_back() {
    let server = Server::of_nodes(2).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    for person in [&alice, &bob] {
        person.follows("tea").await;
    }
    alice.ban_member(room, bob.id(), Some(FAR), Some("Too loud")).await.unwrap();
    for _ in 0..20 {
        alice.client().send(room, "secret").await.unwrap();
    }
    let error = refused(bob.client().join(room, 10).await.unwrap_err());
    assert_eq!((error.code, error.until), (ErrorCode::Banned, Some(FAR)));
    assert_eq!(error.message, "You are banned from this room: Too loud.");
    assert!(!bob.view().room("tea").has("secret"));
    let bans = alice.bans(room).await.unwrap();
    assert_eq!(
        (bans.len(), bans[0].user.user_id, bans[0].reason.as_deref()),
        (1, bob.id(), Some("Too loud"))
    );
    assert_eq!(refused(bob.bans(room).await.unwrap_err()).code, ErrorCode::Forbidden);
    alice.until("the ban", |view| {
        view.room("tea").log.iter().any(|event| {
            matches!(&event.body, LogBody::Member(MemberBody::MemberBanned { subject, until: Some(FAR), .. }) if subject.user_id == bob.id())
        })
    })
    .await;
    alice.unban_member(room, bob.id()).await.unwrap();
    bob.joins("tea").await;
    bob.says("tea", "sorry").await;
}

#[tokio::test]
async fn who_has_to_be_silent_is_told_up_to_when() {
    let (server, alice, bob) = crate::support::conversation().await;
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    alice.joins("tea").await;
    bob.joins("tea").await;
    let carol = server.enter("Carol").await;
    carol.joins("tea").await;
    alice.set_role(room, carol.id(), RoomRole::Moderator).await.unwrap();
    carol.mute_member(room, bob.id(), Some(FAR), None).await.unwrap();
    let error = refused(bob.send("tea", "hello?").await.unwrap_err());
    assert_eq!((error.code, error.until, error.retryable), (ErrorCode::Muted, Some(FAR), false));
    alice.says("tea", "quiet here").await;
    bob.sees("tea", "quiet here").await;
    assert_eq!(
        refused(carol.mute_member(room, alice.id(), None, None).await.unwrap_err()).code,
        ErrorCode::Forbidden
    );
    let rest = async |line: String, body: &str| {
        let token = format!("authorization: Bearer {}", carol.session.token);
        request(server.address, &line, &[&token, "content-type: application/json"], body).await
    };
    let lifted = rest(format!("DELETE /api/rooms/{room}/mutes/{}", bob.id()), "").await;
    assert_eq!(lifted.status, 204);
    bob.says("tea", "thanks").await;
    let banned = rest(format!("PUT /api/rooms/{room}/bans/{}", bob.id()), r#"{"reason": "Spam"}"#).await;
    assert_eq!(banned.status, 204);
    let bans = rest(format!("GET /api/rooms/{room}/bans"), "").await;
    let bans: Value = serde_json::from_str(&bans.body).unwrap();
    assert_eq!(
        (&bans["bans"][0]["user"]["name"], &bans["bans"][0]["reason"]),
        (&json!("Bob"), &json!("Spam"))
    );
    assert_eq!(rest(format!("DELETE /api/rooms/{room}/bans/{}", bob.id()), "").await.status, 204);
    bob.joins("tea").await;
    let removed = rest(format!("DELETE /api/rooms/{room}/members/{}?reason=Come%20back", bob.id()), "").await;
    assert_eq!(removed.status, 204);
    alice.until("the reason", |view| {
        view.room("tea").log.iter().any(|event| {
            matches!(&event.body, LogBody::Member(MemberBody::MemberRemoved { reason: Some(reason), .. }) if reason == "Come back")
        })
    })
    .await;
}

#[tokio::test]
async fn what_somebody_wrote_is_deleted_at_once() {
    let server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    alice.joins("tea").await;
    bob.joins("tea").await;
    alice.says("tea", "welcome").await;
    for number in 0..3 {
        bob.says("tea", &format!("spam {number}")).await;
    }
    alice.sees("tea", "spam 2").await;
    let purge = async |caller: &Actor, user: i64, query: &str| {
        let token = format!("authorization: Bearer {}", caller.session.token);
        let line = format!("DELETE /api/rooms/{room}/members/{user}/messages{query}");
        request(server.address, &line, &[&token], "").await
    };
    assert_eq!(purge(&bob, alice.id(), "").await.status, 403);
    assert_eq!(purge(&alice, alice.id(), "").await.status, 403, "nobody stands below oneself");
    let deleted = |answer: crate::support::Answer| {
        serde_json::from_str::<Value>(&answer.body).unwrap()["deleted"].clone()
    };
    assert_eq!(deleted(purge(&alice, bob.id(), "?since=95617584000000").await), 0);
    assert_eq!(deleted(purge(&alice, bob.id(), "").await), 3);
    assert_eq!(deleted(purge(&alice, bob.id(), "").await), 0);
    let token = format!("authorization: Bearer {}", bob.session.token);
    let page = request(server.address, &format!("GET /api/rooms/{room}/messages"), &[&token], "").await.body;
    assert!(page.contains("welcome") && !page.contains("spam"), "{page}");
    assert_eq!(page.matches(r#""deleted":true"#).count(), 3, "{page}");
    // Whoever is connected is told of each.
    bob.until("the deletions", |view| {
        let is_deletion =
            |body: &LogBody| matches!(body, LogBody::Message(MessageBody::MessageDeleted { .. }));
        view.room("tea").log.iter().filter(|event| is_deletion(&event.body)).count() == 3
    })
    .await;
}

/// A visitor is told in the words of its protocol.
#[tokio::test]
async fn a_visitor_is_banned_and_silenced_as_anybody() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let room = alice.create_room("tea", "Tea", "").await.unwrap().room;
    alice.joins("tea").await;
    let mut visitor = RawSocket::open_at(server.address, "/simple").await;
    visitor.say(&json!({"type": "join", "username": "Bot", "room": "tea"}).to_string()).await;
    let joined = until(&mut visitor, "joined").await;
    let bot: i64 = joined.last().unwrap()["clientId"].as_str().unwrap().parse().unwrap();
    alice.mute_member(room, bot, None, None).await.unwrap();
    visitor.say(&json!({"type": "message", "text": "spam"}).to_string()).await;
    let error = until(&mut visitor, "error").await;
    assert_eq!(error.last().unwrap()["message"], "You may read in this room, but not write at present.");
    alice.ban_member(room, bot, None, Some("Spam")).await.unwrap();
    alice.says("tea", "secret").await;
    visitor.say(&json!({"type": "join", "username": "Bot", "room": "tea"}).to_string()).await;
    let heard = until(&mut visitor, "error").await;
    assert_eq!(heard.last().unwrap()["message"], "You are banned from this room: Spam.");
    assert!(!format!("{heard:?}").contains("secret"), "{heard:?}");
}

async fn until(socket: &mut RawSocket, kind: &str) -> Vec<Value> {
    let mut heard = Vec::new();
    within(kind, async {
        loop {
            match socket.next().await {
                Frame::Text(frame) => {
                    heard.push(frame);
                    if heard.last().is_some_and(|frame| frame["type"] == kind) {
                        return;
                    }
                }
                Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} after {heard:?}"),
            }
        }
    })
    .await;
    heard
}

/// Makes somebody one of those who keep order on the server.
fn promote(server: &Server, user: i64, role: &str) {
    server
        .database()
        .execute(&format!("UPDATE users SET kind = 'member', role = '{role}' WHERE id = {user}"));
}

#[tokio::test]
async fn what_was_done_is_in_the_audit_without_a_text() {
    let (server, alice, bob) = crate::support::conversation().await;
    let (admin, keeper) = (server.enter("Erin").await, server.enter("Frank").await);
    promote(&server, admin.id(), "admin");
    promote(&server, keeper.id(), "moderator");
    let room = alice.create_private_room("Den", &[bob.id()]).await.unwrap().room;
    let secret = bob.client().send(room, "secret").await.unwrap().seq;
    alice.mute_member(room, bob.id(), None, Some("Too loud")).await.unwrap();
    alice.unmute_member(room, bob.id()).await.unwrap();
    alice.ban_member(room, bob.id(), None, Some("Spam")).await.unwrap();
    alice.client().delete_room(room).await.unwrap();
    let rest = async |person: &crate::support::Actor, line: &str, body: &str| {
        let token = format!("authorization: Bearer {}", person.session.token);
        let answer = request(server.address, line, &[&token, "content-type: application/json"], body).await;
        (answer.status, answer.body)
    };
    for nobody in [&alice, &keeper] {
        assert_eq!(rest(nobody, "GET /api/admin/audit", "").await.0, 403);
    }
    let (status, audit) = rest(&admin, "GET /api/admin/audit", "").await;
    assert!(status == 200 && !audit.contains("secret"), "{audit}");
    let audit: Value = serde_json::from_str(&audit).unwrap();
    let entries = audit["entries"].as_array().unwrap();
    let actions: Vec<_> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["roomDeleted", "memberBanned", "memberUnmuted", "memberMuted"]);
    assert_eq!((&entries[1]["reason"], &entries[1]["user"]["name"]), (&json!("Spam"), &json!("Bob")));
    assert_eq!(
        (entries[1]["room"].as_i64(), entries[3]["actor"]["userId"].as_i64()),
        (Some(room), Some(alice.id()))
    );
    let before = format!("GET /api/admin/audit?limit=1&before={}", entries[1]["id"]);
    let page: Value = serde_json::from_str(&rest(&admin, &before, "").await.1).unwrap();
    assert_eq!(page["entries"][0], entries[2]);
    assert!(secret > 0);
}

#[tokio::test]
async fn a_report_tells_no_more_than_its_reader_may_read() {
    let (server, alice, bob) = crate::support::conversation().await;
    let keeper = server.enter("Frank").await;
    promote(&server, keeper.id(), "moderator");
    let den = alice.create_private_room("Den", &[bob.id()]).await.unwrap().room;
    let secret = bob.client().send(den, "secret").await.unwrap().seq;
    let rude = bob.says("general", "rude").await;
    let mut socket = RawSocket::signed_in(server.next_address(), &alice.session.token).await;
    for (number, (room, target)) in [(den, secret), (1, rude), (1, rude), (1, 999)].into_iter().enumerate() {
        let report =
            json!({"type": "report", "ref": number, "room": room, "target": target, "reason": "Not nice"});
        socket.say(&report.to_string()).await;
        let answer = until_answer(&mut socket, number).await;
        assert_eq!(answer["type"], if target == 999 { "error" } else { "ok" }, "{answer}");
    }
    let rest = async |person: &crate::support::Actor, line: &str, body: &str| {
        let token = format!("authorization: Bearer {}", person.session.token);
        request(server.address, line, &[&token, "content-type: application/json"], body).await
    };
    assert_eq!(rest(&alice, "GET /api/admin/reports", "").await.status, 403);
    let reports: Value =
        serde_json::from_str(&rest(&keeper, "GET /api/admin/reports", "").await.body).unwrap();
    let reports = reports["reports"].as_array().unwrap();
    assert_eq!(reports.len(), 2, "a repeat is none: {reports:?}");
    assert_eq!((&reports[0]["text"], &reports[0]["author"]["name"]), (&json!("rude"), &json!("Bob")));
    assert_eq!((&reports[1]["room"], &reports[1]["text"]), (&json!(den), &Value::Null));
    let handle = format!("POST /api/admin/reports/{}", reports[0]["id"]);
    assert_eq!(rest(&keeper, &handle, r#"{"handled": true}"#).await.status, 204);
    assert_eq!(rest(&keeper, "POST /api/admin/reports/999", r#"{"handled": true}"#).await.status, 404);
    let after: Value = serde_json::from_str(&rest(&keeper, "GET /api/admin/reports", "").await.body).unwrap();
    assert_eq!(after["reports"][0]["handledBy"]["name"], "Frank");
    // Whoever comes to be in the room reads it there, and so in the report.
    alice.add_member(den, keeper.id()).await.unwrap();
    let after: Value = serde_json::from_str(&rest(&keeper, "GET /api/admin/reports", "").await.body).unwrap();
    assert_eq!(after["reports"][1]["text"], "secret");
}

async fn until_answer(socket: &mut RawSocket, reference: usize) -> Value {
    within("the answer", async {
        loop {
            match socket.next().await {
                Frame::Text(frame) if frame["ref"] == reference => return frame,
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => panic!("{end:?}"),
            }
        }
    })
    .await
}
