use super::{Browser, PASSWORD};
use crate::support::{RawSocket, Server};
use chinwag_server::{AccessOption, Switch};
use serde_json::{Value, json};

async fn comes_without_signing_in(server: &Server) -> bool {
    let mut socket = RawSocket::open_at(server.address, "/simple").await;
    socket.say(r#"{"type":"join","username":"Vera","room":"general"}"#).await;
    socket.next_text().await["type"] != "error"
}

#[tokio::test]
async fn an_open_server_says_so() {
    let server = Server::start().await;
    let access = Browser::new(&server).does("GET /api/access", Value::Null, 200).await;
    assert_eq!((&access["access"], &access["guests"]), (&json!("open"), &json!(true)));
    assert!(comes_without_signing_in(&server).await);
}

#[tokio::test]
async fn without_guests_one_needs_an_account() {
    let server = Server::with(|config| config.guests = Switch::Off).await;
    let mut alex = Browser::new(&server);
    assert_eq!(alex.does("GET /api/access", Value::Null, 200).await["guests"], false);
    alex.is_refused("POST /api/session", json!({"name": "Alex"}), 403, "account_required").await;
    assert!(!comes_without_signing_in(&server).await);
    alex.enters("POST /api/accounts", json!({"name": "Alex", "password": PASSWORD}), 201).await;
}

#[tokio::test]
async fn where_one_needs_an_invitation_it_is_asked_for_on_every_way_in() {
    for access in [AccessOption::InviteOnly, AccessOption::Closed] {
        let server = Server::with(|config| config.access = access).await;
        let mut alex = Browser::new(&server);
        let code = if access == AccessOption::Closed { "accounts_closed" } else { "invite_invalid" };
        let body = json!({"name": "Alex", "password": PASSWORD});
        alex.is_refused("POST /api/accounts", body, 403, code).await;
        let body = json!({"name": "Alex", "password": PASSWORD, "invite": "cw_guessed"});
        alex.is_refused("POST /api/accounts", body, 403, "invite_invalid").await;
        let answer = alex.call_with("POST /api/session", &[], json!({"name": "Alex"})).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert!(!comes_without_signing_in(&server).await);
    }
}
