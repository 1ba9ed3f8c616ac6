//! Who is blocked by somebody does not reach that person.

use crate::support::{Actor, Answer, Server, request};
use chinwag_client::protocol::ErrorCode;
use serde_json::{Value, json};

async fn rest(server: &Server, person: &Actor, line: &str) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    request(server.address, line, &[&token], "").await
}

async fn blocked_by(server: &Server, person: &Actor) -> Value {
    serde_json::from_str::<Value>(&rest(server, person, "GET /api/blocks").await.body).unwrap()["people"]
        .take()
}

#[tokio::test]
async fn who_is_blocked_does_not_write_in_the_conversation_of_the_two() {
    let server = Server::start().await;
    let (alice, bob, carol) =
        (server.enter("Alice").await, server.enter("Bob").await, server.enter("Carol").await);
    let refused = async |actor: &Actor, room: i64| {
        let answer = actor.client().send(room, "hello?").await;
        answer.map_err(|error| error.refusal().unwrap().code).err()
    };
    let with_bob = alice.client().open_direct(&[bob.id()]).await.unwrap().room;
    bob.client().send(with_bob, "hello").await.unwrap();
    let block = |user: i64| format!("PUT /api/blocks/{user}");
    for _ in 0..2 {
        assert_eq!(rest(&server, &alice, &block(bob.id())).await.status, 204);
    }
    assert_eq!(rest(&server, &alice, &block(carol.id())).await.status, 204);
    assert_eq!(rest(&server, &alice, &block(alice.id())).await.status, 404, "oneself");
    assert_eq!(rest(&server, &alice, &block(404_404)).await.status, 404);
    let names: Vec<_> = blocked_by(&server, &alice)
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|person| person["name"].clone())
        .collect();
    assert!(
        names.len() == 2 && names.contains(&json!("Bob")) && names.contains(&json!("Carol")),
        "{names:?}"
    );
    assert_eq!(blocked_by(&server, &bob).await, json!([]), "nobody is told");

    assert_eq!(refused(&bob, with_bob).await, Some(ErrorCode::Muted));
    assert_eq!(refused(&alice, with_bob).await, None, "who blocks may write");
    // A conversation that is opened after the block is no way round it.
    let with_carol = carol.client().open_direct(&[alice.id()]).await.unwrap().room;
    assert_eq!(refused(&carol, with_carol).await, Some(ErrorCode::Muted));
    // Elsewhere everybody writes as before.
    bob.joins("general").await;
    bob.says("general", "hello, all").await;
    let three = bob.client().open_direct(&[alice.id(), carol.id()]).await.unwrap().room;
    assert_eq!(refused(&bob, three).await, None);

    for user in [bob.id(), carol.id(), bob.id()] {
        assert_eq!(rest(&server, &alice, &format!("DELETE /api/blocks/{user}")).await.status, 204);
    }
    assert_eq!(refused(&bob, with_bob).await, None);
    assert_eq!(refused(&carol, with_carol).await, None);
    assert_eq!(blocked_by(&server, &alice).await, json!([]));
}
