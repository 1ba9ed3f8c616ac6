use crate::support::{Answer, RawSocket, Server, request};
use chinwag_server::{Config, Embedding};
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) const SECRET: &str = "a secret of thirty-two bytes, or more";
pub(crate) const AUDIENCE: &str = "chat.example.org";

/// Whoever embeds the server, and signs for their people.
pub(crate) struct Signer;

impl Signer {
    /// A server that knows the key.
    pub(crate) async fn server() -> Server {
        Self::server_with(|_| {}).await
    }

    pub(crate) async fn server_with(change: impl FnOnce(&mut Config)) -> Server {
        Server::with(|config| {
            config.embedding = Embedding {
                secret: SECRET.parse().unwrap(),
                audience: AUDIENCE.to_owned(),
                ..Embedding::default()
            };
            change(config);
        })
        .await
    }

    #[expect(clippy::disallowed_methods, reason = "whoever signs has a clock of their own")]
    pub(crate) fn now() -> i64 {
        i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
    }

    /// What stands in a token of Alex, beside or in place of `more`.
    pub(crate) fn claims(more: Value) -> Value {
        let now = Self::now();
        let mut claims =
            json!({"sub": "customer-7", "name": "Alex", "aud": AUDIENCE, "iat": now, "exp": now + 600});
        for (name, value) in more.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    pub(crate) fn signed(claims: &Value) -> String {
        encode(&Header::default(), claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
    }

    pub(crate) fn token(more: Value) -> String {
        Self::signed(&Self::claims(more))
    }
}

/// A page of the product: it calls the server with a token. With several nodes each call meets the next one.
pub(crate) struct Page<'a> {
    server: &'a Server,
    pub(crate) token: String,
}

impl<'a> Page<'a> {
    /// One of Alex, about whom more is said.
    pub(crate) fn of(server: &'a Server, more: Value) -> Self {
        Self::with(server, Signer::token(more))
    }

    /// One that brings this token.
    pub(crate) fn with(server: &'a Server, token: String) -> Self {
        Self { server, token }
    }

    pub(crate) async fn call(&self, line: &str, body: Value) -> Answer {
        let bearer = format!("authorization: Bearer {}", self.token);
        let lines = ["content-type: application/json", bearer.as_str()];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        request(self.server.next_address(), line, &lines, &body).await
    }

    pub(crate) async fn does(&self, line: &str, body: Value, status: u16) -> Value {
        let answer = self.call(line, body).await;
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    pub(crate) async fn is_refused(&self, line: &str) {
        let error = self.does(line, Value::Null, 401).await;
        assert_eq!(error["code"], "unauthorized", "{error}");
    }

    /// Who the server says it is.
    pub(crate) async fn person(&self) -> Value {
        self.does("GET /api/session", Value::Null, 200).await["user"].clone()
    }

    /// The addresses of the rooms that the person is in.
    pub(crate) async fn rooms(&self) -> Vec<String> {
        let page = self.does("GET /api/rooms?limit=100", Value::Null, 200).await;
        let mine = page["rooms"].as_array().unwrap().iter().filter(|room| room["role"].is_string());
        mine.map(|room| room["slug"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) async fn connects(&self) -> RawSocket {
        RawSocket::signed_in(self.server.next_address(), &self.token).await
    }
}
