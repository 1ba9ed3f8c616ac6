//! As much of an HTTP client as it takes to ask a provider: one request on one connection, no redirects, small answers, soon.

use crate::system_tls::SystemTls;
use axum::body::{Body, to_bytes};
use axum::http::uri::Scheme;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// For one request with its answer. A sign-in asks four times at most, and a request to this server has half a minute.
const TIME: Duration = Duration::from_secs(6);
/// Bytes of the longest answer: many keys, or somebody in many groups.
const LONGEST: usize = 512 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("{0} is no address of a server")]
    Address(String),
    #[error("nothing answers at {0}: {1}")]
    Connect(String, std::io::Error),
    #[error("{0} does not answer in time")]
    Time(String),
    #[error("{0} does not speak HTTP: {1}")]
    Http(String, hyper::Error),
    #[error("{0} answers {1}")]
    Status(String, StatusCode),
    #[error("the answer of {0} is broken off or too long")]
    Body(String),
    #[error("the answer of {0} is not what it should be: {1}")]
    Json(String, serde_json::Error),
    #[error("TLS cannot be spoken: {0}")]
    Tls(#[from] rustls::Error),
}

/// Asks servers.
#[derive(Default)]
pub(super) struct HttpClient {
    tls: SystemTls,
}

impl HttpClient {
    /// What stands there, as JSON. `token` goes into `Authorization: Bearer`.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        uri: &Uri,
        token: Option<&str>,
    ) -> Result<T, HttpError> {
        let request = Request::builder().method(Method::GET);
        let bearer = token.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok());
        let request = match bearer {
            Some(bearer) => request.header(header::AUTHORIZATION, bearer),
            None => request,
        };
        let (status, body) = self.ask(uri, request, Body::empty()).await?;
        if status != StatusCode::OK {
            return Err(HttpError::Status(uri.to_string(), status));
        }
        read(uri, &body)
    }

    /// What is answered to a form, as JSON, with the status.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        uri: &Uri,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<(StatusCode, T), HttpError> {
        let mut request = Request::builder()
            .method(Method::POST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let (status, body) = self.ask(uri, request, Body::from(form)).await?;
        // A proxy before the provider says nothing in JSON.
        if status.is_server_error() {
            return Err(HttpError::Status(uri.to_string(), status));
        }
        Ok((status, read(uri, &body)?))
    }

    async fn ask(
        &self,
        uri: &Uri,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Result<(StatusCode, Vec<u8>), HttpError> {
        let asked = async {
            let response = self.send(uri, request, body).await?;
            let status = response.status();
            let body = to_bytes(Body::new(response.into_body()), LONGEST).await;
            Ok((status, body.map_err(|_| HttpError::Body(uri.to_string()))?.to_vec()))
        };
        tokio::time::timeout(TIME, asked).await.map_err(|_| HttpError::Time(uri.to_string()))?
    }

    async fn send(
        &self,
        uri: &Uri,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Result<Response<Incoming>, HttpError> {
        let wrong = || HttpError::Address(uri.to_string());
        let authority = uri.authority().ok_or_else(wrong)?;
        let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let request = request
            .uri(target)
            .header(header::HOST, authority.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "Chinwag")
            .body(body)
            .map_err(|_| wrong())?;
        let unreachable = |error| HttpError::Connect(authority.to_string(), error);
        let stream = TcpStream::connect((host.as_str(), port)).await.map_err(unreachable)?;
        if !is_secure {
            return exchange(uri, stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(|_| wrong())?;
        let stream = self.tls.connector()?.connect(name, stream).await.map_err(unreachable)?;
        exchange(uri, stream, request).await
    }
}

async fn exchange(
    uri: &Uri,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Body>,
) -> Result<Response<Incoming>, HttpError> {
    let broken = |error| HttpError::Http(uri.to_string(), error);
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(broken)?;
    tokio::spawn(connection);
    sender.send_request(request).await.map_err(broken)
}

fn read<T: DeserializeOwned>(uri: &Uri, body: &[u8]) -> Result<T, HttpError> {
    serde_json::from_slice(body).map_err(|error| HttpError::Json(uri.to_string(), error))
}
