//! What a server does that sends no mail. How one does that is `tests/interop/test_mail.py`.

use super::Browser;
use crate::support::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn without_a_server_for_mail_nobody_is_promised_any() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    assert_eq!(alex.does("GET /api/access", Value::Null, 200).await["mail"], false);
    let email = json!({"email": "alex@example.org"});
    alex.is_refused("POST /api/password-reset", email.clone(), 403, "mail_off").await;
    alex.is_refused("POST /api/invites", email, 403, "mail_off").await;
    let none = alex.does("GET /api/invites", Value::Null, 200).await;
    assert_eq!(none["invites"], json!([]), "what could not be sent is not there");
    let code = json!({"code": "guessed", "password": "another horse battery"});
    alex.is_refused("PUT /api/password-reset", code, 401, "unauthorized").await;
}
