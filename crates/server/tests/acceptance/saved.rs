//! Messages are kept for later, by REST.

use crate::support::{Actor, Answer, Server, request};
use serde_json::{Value, json};

async fn rest(server: &Server, person: &Actor, line: &str) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    request(server.address, line, &[&token], "").await
}

async fn kept(server: &Server, person: &Actor, query: &str) -> Value {
    let answer = rest(server, person, &format!("GET /api/saved{query}")).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}

#[tokio::test]
async fn messages_are_kept_for_later_over_a_restart() {
    let mut server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let (room, first, second) =
        (alice.room_id("general"), alice.says("general", "one").await, alice.says("general", "two").await);
    let line = |method: &str, seq: i64| format!("{method} /api/saved/{room}/{seq}");
    for seq in [first, second, first] {
        assert_eq!(rest(&server, &bob, &line("PUT", seq)).await.status, 204);
    }
    assert_eq!(rest(&server, &bob, &line("PUT", 404)).await.status, 404);
    assert_eq!(rest(&server, &bob, "PUT /api/saved/404404/1").await.status, 404);
    server.restart().await;
    let page = kept(&server, &bob, "?limit=1").await;
    assert_eq!(page["saved"][0]["message"]["text"], "two");
    assert!(page["saved"][0]["at"].is_i64());
    let page = kept(&server, &bob, &format!("?limit=2&before={}", page["next"])).await;
    assert_eq!(page["saved"][0]["message"]["text"], "one");
    assert_eq!(page["next"], Value::Null);
    assert_eq!(kept(&server, &alice, "").await, json!({"saved": []}));
    assert_eq!(rest(&server, &bob, &line("DELETE", second)).await.status, 204);
    assert_eq!(
        rest(&server, &alice, &format!("DELETE /api/rooms/{room}/messages/{first}")).await.status,
        200
    );
    assert_eq!(kept(&server, &bob, "").await, json!({"saved": []}));
}
