//! What goes over HTTP: signing in and out, and files.

use crate::error::RestError;
use crate::server_url::ServerUrl;
use bytes::Bytes;
use chinwag_wire::native::{Attachment, User};
use chinwag_wire::rest;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

/// A sign-in: who one is, and the token that proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// To be kept secret; it lasts until [`sign_out`].
    pub token: String,
    /// The account.
    pub user: User,
}

/// Where sessions are.
const SESSION: &str = "api/session";

/// Bytes of an answer; all of them are small JSON objects.
const BODY_LIMIT: usize = 64 * 1024;

/// Signs a guest in on the server at `url`.
///
/// # Errors
/// [`RestError`], with the codes `name_invalid`, `name_taken` and `rate_limited` among the refusals.
pub async fn sign_in(url: &str, name: &str) -> Result<Session, RestError> {
    let wish = rest::SignIn {
        name: Some(name.to_owned()),
        purpose: Some(rest::Purpose::Script),
        ..rest::SignIn::default()
    };
    // Strings are always written.
    let body = serde_json::to_vec(&wish).unwrap_or_default();
    let (status, body) = call(&url.parse()?, Method::POST, SESSION, None, body).await?;
    let rest::SignedIn { token, user, .. } = read(status, &body)?;
    let token = token.ok_or(RestError::Foreign(status.as_u16()))?;
    Ok(Session { token, user })
}

/// The account that a token stands for.
///
/// # Errors
/// [`RestError`], with the code `unauthorized` for a token that is unknown or has ended.
pub async fn who_am_i(url: &str, token: &str) -> Result<User, RestError> {
    let (status, body) = call(&url.parse()?, Method::GET, SESSION, Some(token), Vec::new()).await?;
    let rest::Session { user } = read(status, &body)?;
    Ok(user)
}

/// Ends a session: its connections are closed, and a guest's name is free again.
///
/// # Errors
/// [`RestError`].
pub async fn sign_out(url: &str, token: &str) -> Result<(), RestError> {
    let (status, body) = call(&url.parse()?, Method::DELETE, SESSION, Some(token), Vec::new()).await?;
    if status == StatusCode::NO_CONTENT { Ok(()) } else { Err(refused(status, &body)) }
}

/// Shares a file in a room, for a message that names it: see [`Client::send_with`](crate::Client::send_with). What it is called may be anything.
///
/// # Errors
/// [`RestError`], with the codes `file_too_large`, `file_refused`, `file_quota` and `not_member` among the refusals.
pub async fn share_file(
    url: &str,
    token: &str,
    room: i64,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Attachment, RestError> {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let path = format!("api/files?room={room}&name={name}");
    let (status, body) = call(&url.parse()?, Method::POST, &path, Some(token), bytes).await?;
    read(status, &body)
}

async fn call(
    url: &ServerUrl,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Vec<u8>,
) -> Result<(StatusCode, Bytes), RestError> {
    let stream = TcpStream::connect(url.address()).await.map_err(RestError::Unreachable)?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let mut request = Request::builder()
        .method(method)
        .uri(url.path(path))
        .header(header::HOST, url.authority())
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    // Only a token with line breaks cannot be sent, and no server has given out such a one.
    let request = request.body(Full::new(Bytes::from(body))).map_err(|_| RestError::Foreign(0))?;
    let exchange = async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), BODY_LIMIT).collect().await;
        Ok((status, body.map_err(|_| RestError::Foreign(status.as_u16()))?.to_bytes()))
    };
    // The exchange is over when its answer is read; the connection has nothing more to do then.
    tokio::select! {
        answer = exchange => answer,
        Err(error) = connection => Err(RestError::Broken(error)),
    }
}

fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, RestError> {
    if !status.is_success() {
        return Err(refused(status, body));
    }
    serde_json::from_slice(body).map_err(|_| RestError::Foreign(status.as_u16()))
}

fn refused(status: StatusCode, body: &[u8]) -> RestError {
    match serde_json::from_slice(body) {
        Ok(error) => RestError::Refused { status: status.as_u16(), error },
        Err(_) => RestError::Foreign(status.as_u16()),
    }
}
