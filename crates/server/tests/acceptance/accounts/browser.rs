use crate::support::{Answer, RawSocket, Server, request};
use serde_json::{Value, json};

/// A browser: it keeps cookies, and an access token. With several nodes each call meets the next one.
pub(crate) struct Browser<'a> {
    server: &'a Server,
    pub(crate) access: String,
    pub(crate) cookie: Option<String>,
}

pub(crate) const PASSWORD: &str = "correct horse battery";

impl<'a> Browser<'a> {
    pub(crate) fn new(server: &'a Server) -> Self {
        Self { server, access: String::new(), cookie: None }
    }

    /// One that has just made an account.
    pub(crate) async fn of_member(server: &'a Server, name: &str) -> Self {
        let mut browser = Self::new(server);
        browser.enters("POST /api/accounts", json!({"name": name, "password": PASSWORD}), 201).await;
        browser
    }

    /// One that has just signed in to an account.
    pub(crate) async fn signed_in(server: &'a Server, name: &str) -> Self {
        let mut browser = Self::new(server);
        browser.enters("POST /api/session", json!({"name": name, "password": PASSWORD}), 201).await;
        browser
    }

    pub(crate) async fn call_with(&mut self, line: &str, headers: &[&str], body: Value) -> Answer {
        let mut lines = vec!["content-type: application/json".to_owned()];
        if !self.access.is_empty() {
            lines.push(format!("authorization: Bearer {}", self.access));
        }
        if let Some(cookie) = &self.cookie {
            lines.push(format!("cookie: chinwag_session={cookie}"));
        }
        lines.extend(headers.iter().map(ToString::to_string));
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = request(self.server.next_address(), line, &lines, &body).await;
        if let Some(cookie) = answer.cookie("chinwag_session") {
            let (pair, _) = cookie.split_once(';').unwrap();
            let value = pair.split_once('=').unwrap().1;
            self.cookie = (!value.is_empty()).then(|| value.to_owned());
        }
        answer
    }

    pub(crate) async fn does(&mut self, line: &str, body: Value, status: u16) -> Value {
        let answer = self.call_with(line, &[], body).await;
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    pub(crate) async fn is_refused(&mut self, line: &str, body: Value, status: u16, code: &str) -> Value {
        let error = self.does(line, body, status).await;
        assert_eq!(error["code"], code, "{line}: {error}");
        error
    }

    /// Begins a session, and keeps what it is given.
    pub(crate) async fn enters(&mut self, line: &str, body: Value, status: u16) -> Value {
        let answer = self.does(line, body, status).await;
        self.access = answer["accessToken"].as_str().unwrap().to_owned();
        answer
    }

    pub(crate) async fn refreshes(&mut self) -> Value {
        self.enters("POST /api/session/refresh", Value::Null, 200).await
    }

    pub(crate) async fn connects(&self) -> RawSocket {
        RawSocket::signed_in(self.server.next_address(), &self.access).await
    }
}
