//! Who may have which name, and who takes one back.

use crate::support::{Server, request};
use chinwag_client::protocol::ErrorCode;
use chinwag_client::{RestError, sign_in};
use serde_json::{Value, json};

async fn refused(server: &Server, name: &str) -> (u16, ErrorCode) {
    match sign_in(&server.url(), name).await {
        Err(RestError::Refused { status, error }) => (status, error.code),
        other => panic!("{name}: {other:?}"),
    }
}

#[tokio::test]
async fn nobody_looks_like_somebody_else_or_like_the_server() {
    let server = Server::with(|config| config.reserved_names = vec!["Käpt'n".parse().unwrap()]).await;
    for taken in ["Chinwag", "admin", "SYSTEM", "Adm1n", "Admin 2", "K\u{e4}ptn"] {
        assert_eq!(refused(&server, taken).await, (400, ErrorCode::NameInvalid), "{taken}");
    }
    let alex = server.enter("Alex").await;
    assert_eq!(refused(&server, "\u{410}lex").await, (400, ErrorCode::NameInvalid), "mixed scripts");
    assert_eq!(refused(&server, "AIex").await, (409, ErrorCode::NameTaken), "a capital I");
    for name in ["O'Brien", "李", "Sam🦊"] {
        let other = server.enter(name).await;
        assert_eq!(other.session.user.name, name);
    }
    assert!(
        matches!(alex.rename("System").await, Err(error) if error.to_string().contains("kept for the server"))
    );
}

/// Signs in as a page does: the answer's status, its token, and the cookie that it leaves.
async fn page_signs_in(server: &Server, name: &str, cookie: Option<&str>) -> (u16, Value, Option<String>) {
    let body = json!({"name": name, "holdName": true}).to_string();
    let cookie = cookie.map(|cookie| format!("cookie: other=1; {cookie}"));
    let headers: Vec<_> = ["content-type: application/json"].into_iter().chain(cookie.as_deref()).collect();
    let answer = request(server.address, "POST /api/session", &headers, &body).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap(), answer.cookie("chinwag_name"))
}

async fn page_signs_out(server: &Server, session: &Value) {
    let bearer = format!("authorization: Bearer {}", session["accessToken"].as_str().unwrap());
    assert_eq!(request(server.address, "DELETE /api/session", &[&bearer], "").await.status, 204);
}

#[tokio::test]
async fn after_a_sign_out_only_the_same_browser_takes_the_name_back() {
    let server = Server::start().await;
    let (status, session, cookie) = page_signs_in(&server, "Alex", None).await;
    let cookie = cookie.unwrap();
    let (secret, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!((status, attributes), (201, "Max-Age=34560000; HttpOnly; SameSite=Strict"));
    page_signs_out(&server, &session).await;

    assert_eq!(refused(&server, "alex").await, (409, ErrorCode::NameTaken));
    assert_eq!(page_signs_in(&server, "Alex", None).await.0, 409, "another browser");
    let (status, again, cookie) = page_signs_in(&server, "ALEX", Some(secret)).await;
    assert_eq!(status, 201);
    assert!(cookie.unwrap().starts_with(secret), "the browser stays the same one");
    assert_ne!(again["user"]["userId"], session["user"]["userId"], "the name alone comes back");
    let bearer = format!("authorization: Bearer {}", session["accessToken"].as_str().unwrap());
    assert_eq!(request(server.address, "GET /api/session", &[&bearer], "").await.status, 401);
}

#[tokio::test]
async fn the_cookie_of_a_name_stays_encrypted_where_a_trusted_proxy_speaks_tls() {
    let trusting = Server::with(|config| config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    let wary = Server::start().await;
    for (server, name, scheme, is_secure) in [
        (&trusting, "Alex", "https", true),
        (&trusting, "Sam", "http", false),
        (&wary, "Alex", "https", false),
    ] {
        let scheme = format!("x-forwarded-proto: {scheme}");
        let body = json!({"name": name, "holdName": true}).to_string();
        let headers = ["content-type: application/json", &scheme];
        let answer = request(server.address, "POST /api/session", &headers, &body).await;
        assert_eq!(answer.cookie("chinwag_name").unwrap().ends_with("; Secure"), is_secure, "{scheme}");
    }
}

#[tokio::test]
async fn a_client_that_keeps_no_cookie_leaves_its_name_free() {
    let server = Server::start().await;
    let session = sign_in(&server.url(), "Alex").await.unwrap();
    chinwag_client::sign_out(&server.url(), &session.token).await.unwrap();
    assert_eq!(server.enter("Alex").await.session.user.name, "Alex");
}
