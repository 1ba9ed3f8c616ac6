//! Messages that mention everybody in a room, or everybody who is there.

use crate::support::{Actor, Server, conversation, request};
use chinwag_client::RequestError;
use chinwag_client::protocol::ErrorCode;
use serde_json::Value;

/// How many mentions somebody has not seen in a room.
async fn mentions(server: &Server, token: &str, room: i64) -> i64 {
    let token = format!("authorization: Bearer {token}");
    let answer = request(server.address, &format!("GET /api/rooms/{room}"), &[&token], "").await;
    let room: Value = serde_json::from_str(&answer.body).unwrap();
    room["mentions"].as_i64().unwrap_or_default()
}

/// A room of Alice's with Bob, who is there, and Carol, who was.
async fn tea() -> (Server, i64, Actor, Actor, String) {
    let (server, alice, bob) = conversation().await;
    alice.create_room("tea", "Tea", "").await.unwrap();
    let carol = server.enter("Carol").await;
    for person in [&alice, &bob, &carol] {
        person.joins("tea").await;
    }
    let token = carol.session.token.clone();
    let room = alice.room_id("tea");
    drop(carol);
    alice.until("that Carol is gone", |view| view.room("tea").online == 2).await;
    (server, room, alice, bob, token)
}

#[tokio::test]
async fn whoever_is_there_is_called_and_nobody_else() {
    let (server, room, alice, bob, carol) = tea().await;
    alice.says("tea", "<@here>, the kettle is on").await;
    let bobs = bob.session.token.clone();
    assert_eq!((mentions(&server, &bobs, room).await, mentions(&server, &carol, room).await), (1, 0));
    alice.says("tea", "<@room>, there is cake").await;
    assert_eq!((mentions(&server, &bobs, room).await, mentions(&server, &carol, room).await), (2, 1));
}

#[tokio::test]
async fn a_group_is_called_by_its_name() {
    let (server, room, alice, bob, carol) = tea().await;
    for person in [&alice, &bob] {
        let role = if person.id() == alice.id() { "'admin'" } else { "NULL" };
        let sql = format!("UPDATE users SET kind = 'member', role = {role} WHERE id = {}", person.id());
        server.database().execute(&sql);
    }
    let put = async |by: &Actor, path: &str| {
        let token = format!("authorization: Bearer {}", by.session.token);
        request(server.address, &format!("PUT /api/groups/{path}"), &[&token], "").await
    };
    assert_eq!(put(&bob, "design").await.status, 403);
    assert_eq!(put(&alice, "De%20sign").await.status, 400);
    assert_eq!(put(&alice, "Design").await.status, 204);
    assert_eq!(put(&alice, "ops/people/1").await.status, 404, "no such group");
    assert_eq!(put(&alice, &format!("design/people/{}", bob.id())).await.status, 204);

    alice.says("tea", "<@&design>, the kettle is on").await;
    let bobs = bob.session.token.clone();
    assert_eq!((mentions(&server, &bobs, room).await, mentions(&server, &carol, room).await), (1, 0));
    bob.sees("tea", "<@&design>, the kettle is on").await;
    let token = format!("authorization: Bearer {bobs}");
    let groups = request(server.address, "GET /api/groups", &[&token], "").await;
    assert_eq!(groups.body, r#"{"groups":[{"name":"design","people":1,"mine":true}]}"#);
}

#[tokio::test]
async fn one_who_may_not_call_all_is_told_so_and_the_text_is_nowhere() {
    let (_server, _, alice, bob, _) = tea().await;
    let refused = bob.send("tea", "<@room>, listen").await;
    let Err(RequestError::Refused(refused)) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.code, ErrorCode::Forbidden);
    assert!(refused.message.contains("mention everybody"), "{}", refused.message);
    bob.says("tea", "@room, listen").await;
    alice.sees("tea", "@room, listen").await;
    alice.has_no_complaints();
}
