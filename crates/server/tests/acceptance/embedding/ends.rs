use super::{Page, Signer};
use crate::support::{RawSocket, Server};
use serde_json::{Value, json};

const UNAUTHORIZED: u16 = 4100;

/// Connections end as soon as their token does.
async fn strict() -> Server {
    Signer::server_with(|config| {
        config.embedding.grace_s = 0;
        config.embedding.token_in_url = true;
    })
    .await
}

fn renew(token: &str) -> String {
    json!({"type": "renew", "ref": "renew", "token": token}).to_string()
}

#[tokio::test]
async fn a_connection_ends_with_its_token() {
    let server = strict().await;
    let soon = Signer::token(json!({"exp": Signer::now() + 2}));
    let mut native = RawSocket::signed_in(server.next_address(), &soon).await;
    let path = format!("/simple?token={soon}");
    let mut simple = RawSocket::open_at(server.next_address(), &path).await;
    simple.say(r#"{"type":"join","username":"Alex","room":"general"}"#).await;
    let mut guest = RawSocket::signed_in(server.next_address(), &server.sign_in("Sam").await.token).await;
    assert_eq!(native.closed().await, UNAUTHORIZED);
    assert_eq!(simple.closed().await, 1008);
    guest.say(r#"{"type":"ping","ref":"ping"}"#).await;
    assert_eq!(guest.reply("ping").await["type"], "ok", "who has no such token goes on");
}

#[tokio::test]
async fn another_token_of_the_same_person_lets_a_connection_go_on() {
    let server = strict().await;
    let soon = Signer::now() + 2;
    let token = Signer::token(json!({ "exp": soon }));
    let mut left = RawSocket::signed_in(server.next_address(), &token).await;
    let mut renewed = RawSocket::signed_in(server.next_address(), &token).await;
    let stranger = Signer::token(json!({"sub": "customer-8", "name": "Sam"}));
    let over = Signer::token(json!({"exp": Signer::now() - 60}));
    for wrong in [stranger.as_str(), over.as_str(), "a.b.c", "cw_nobody"] {
        renewed.say(&renew(wrong)).await;
        assert_eq!(renewed.reply("renew").await["code"], "unauthorized", "{wrong}");
    }
    renewed.say(&renew(&Signer::token(json!({"more": 1})))).await;
    assert_eq!(renewed.reply("renew").await["type"], "ok");
    // The old one takes nothing away again.
    renewed.say(&renew(&token)).await;
    assert_eq!(renewed.reply("renew").await["type"], "ok");
    assert_eq!(left.closed().await, UNAUTHORIZED);
    renewed.say(r#"{"type":"ping","ref":"ping"}"#).await;
    assert_eq!(renewed.reply("ping").await["type"], "ok");
}

#[tokio::test]
async fn a_sign_out_closes_every_connection_of_the_person() {
    let server = Signer::server().await;
    let alex = Page::of(&server, json!({}));
    let (mut one, mut other) = (alex.connects().await, alex.connects().await);
    let mut sam = Page::of(&server, json!({"sub": "customer-8", "name": "Sam"})).connects().await;
    alex.does("DELETE /api/session", Value::Null, 204).await;
    assert_eq!((one.closed().await, other.closed().await), (4101, 4101));
    sam.say(r#"{"type":"ping","ref":"ping"}"#).await;
    assert_eq!(sam.reply("ping").await["type"], "ok");
    alex.connects().await;
}

#[tokio::test]
async fn an_account_that_ends_is_not_that_of_the_next_token() {
    let server = Signer::server().await;
    let alex = Page::of(&server, json!({}));
    let before = alex.person().await;
    alex.does("DELETE /api/me", json!({"messages": "keep"}), 204).await;
    let after = alex.person().await;
    assert_ne!(after["userId"], before["userId"]);
    assert_eq!(after["name"], "Alex");
}
