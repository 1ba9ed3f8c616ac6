use super::{Browser, PASSWORD};
use crate::support::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn a_guest_becomes_a_member_and_keeps_everything() {
    let server = Server::start().await;
    let mut alex = Browser::new(&server);
    let guest = alex.enters("POST /api/session", json!({"name": "Alex"}), 201).await["user"].clone();
    let link = alex.does("POST /api/session/link", Value::Null, 201).await;
    let mut phone = Browser::new(&server);
    phone.enters("POST /api/session", json!({"link": link["code"]}), 201).await;
    let mut on_the_phone = phone.connects().await;
    let room = alex.does("GET /api/rooms?search=general", Value::Null, 200).await["rooms"][0]["room"].clone();
    alex.does(&format!("PUT /api/rooms/{room}/membership"), Value::Null, 200).await;
    alex.does(&format!("POST /api/rooms/{room}/messages"), json!({"text": "as a guest"}), 201).await;
    alex.is_refused("PUT /api/me/password", json!({"password": PASSWORD}), 403, "account_required").await;

    let body = json!({"name": "alex.smith", "password": PASSWORD});
    let member = alex.enters("POST /api/accounts", body, 201).await["user"].clone();
    assert_eq!(member["userId"], guest["userId"]);
    assert_eq!((&member["name"], &member["kind"]), (&json!("Alex"), &json!("member")));
    assert_eq!(on_the_phone.closed().await, 4104, "it came by a name alone");
    let page = alex.does(&format!("GET /api/rooms/{room}/messages"), Value::Null, 200).await;
    assert_eq!(page["messages"][0]["userId"], member["userId"]);
    alex.refreshes().await;
    let mut again = Browser::new(&server);
    let back =
        again.enters("POST /api/session", json!({"name": "alex.smith", "password": PASSWORD}), 201).await;
    assert_eq!(back["user"], member);

    // The sign-out of a member frees nothing.
    alex.does("DELETE /api/session", Value::Null, 204).await;
    again.does("DELETE /api/session", Value::Null, 204).await;
    let mut other = Browser::new(&server);
    for name in ["Alex", "alex.smith"] {
        other.is_refused("POST /api/session", json!({"name": name}), 409, "name_taken").await;
    }
}

#[tokio::test]
async fn a_member_who_registers_again_makes_another_account() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let first = alex.does("GET /api/session", Value::Null, 200).await;
    let body = json!({"name": "Sam", "password": PASSWORD});
    let second = alex.enters("POST /api/accounts", body, 201).await;
    assert_ne!(second["user"]["userId"], first["user"]["userId"]);
}
