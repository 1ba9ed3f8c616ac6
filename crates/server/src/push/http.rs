//! One request to a push service, whose address somebody else has said: it goes to the public internet alone, and follows nowhere.

use super::address::is_public;
use crate::system_tls::SystemTls;
use axum::body::Body;
use axum::http::uri::Scheme;
use axum::http::{Method, Request, Uri, header};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

const TIME: Duration = Duration::from_secs(10);
/// A name may lead to several addresses, of which the first is not always one that can be reached from here.
const TIME_TO_CONNECT: Duration = Duration::from_secs(3);

#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    #[error("it is not of the public internet")]
    NotPublic,
    #[error("nothing answers: {0}")]
    Connect(#[from] std::io::Error),
    #[error("it does not answer in time")]
    Time,
    #[error("it does not speak HTTP: {0}")]
    Http(#[from] hyper::Error),
    #[error("TLS cannot be spoken: {0}")]
    Tls(#[from] rustls::Error),
    #[error("this is no request")]
    Request,
}

/// Calls push services.
pub(super) struct PushService {
    /// For tests: services on this machine, without TLS.
    allows_loopback: bool,
    tls: SystemTls,
}

impl PushService {
    pub(super) fn new(allows_loopback: bool) -> Self {
        Self { allows_loopback, tls: SystemTls::default() }
    }

    /// The address, if it may be one of a push service. Where it leads is looked at with each request.
    pub(super) fn uri(&self, endpoint: &str) -> Option<Uri> {
        let uri: Uri = endpoint.parse().ok()?;
        let authority = uri.authority()?;
        let host = bare(authority.host());
        let is_near = self.allows_loopback && host == "127.0.0.1";
        let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
        let is_public = host.parse().map_or(host.contains('.'), is_public);
        let has_name = authority.as_str().contains('@');
        (!has_name && (is_near || (is_secure && is_public))).then_some(uri)
    }

    /// Sends it, and answers the status, and for how many seconds to wait.
    pub(super) async fn post(
        &self,
        uri: &Uri,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<(u16, Option<u32>), HttpError> {
        timeout(TIME, self.send(uri, headers, body)).await.map_err(|_| HttpError::Time)?
    }

    async fn send(
        &self,
        uri: &Uri,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Result<(u16, Option<u32>), HttpError> {
        let authority = uri.authority().ok_or(HttpError::Request)?;
        let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
        let host = bare(authority.host()).to_owned();
        let port = authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let mut request =
            Request::builder().method(Method::POST).uri(target).header(header::HOST, authority.as_str());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body)).map_err(|_| HttpError::Request)?;
        // What was looked up is what is called: a name may lead elsewhere a moment later.
        let stream = connect(&self.look_up(&host, port).await?).await?;
        if !is_secure {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(|_| HttpError::Request)?;
        exchange(self.tls.connector()?.connect(name, stream).await?, request).await
    }

    async fn look_up(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, HttpError> {
        let may_be = |address: &SocketAddr| {
            is_public(address.ip()) || (self.allows_loopback && address.ip().is_loopback())
        };
        let found: Vec<_> = lookup_host((host, port)).await?.filter(may_be).collect();
        if found.is_empty() { Err(HttpError::NotPublic) } else { Ok(found) }
    }
}

/// Connects with the first address that answers.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, HttpError> {
    let mut last = HttpError::NotPublic;
    for address in addresses {
        match timeout(TIME_TO_CONNECT, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = HttpError::Connect(error),
            Err(_) => last = HttpError::Time,
        }
    }
    Err(last)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Body>,
) -> Result<(u16, Option<u32>), HttpError> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let after =
        response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Ok((response.status().as_u16(), after))
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[test]
    fn a_push_service_is_a_public_one() {
        let strict = PushService::new(false);
        for wrong in [
            "http://push.example.org/a",
            "https://127.0.0.1/a",
            "https://localhost/a",
            "https://10.0.0.1/a",
            "https://[::1]/a",
            "https://169.254.169.254/latest",
            "https://user@push.example.org/a",
            "ftp://push.example.org/a",
            "/a",
            "",
        ] {
            assert!(strict.uri(wrong).is_none(), "{wrong}");
        }
        assert!(strict.uri("https://push.example.org/a?b").is_some());
        assert!(PushService::new(true).uri("http://127.0.0.1:4000/a").is_some());
        assert!(PushService::new(true).uri("http://10.0.0.1/a").is_none());
    }

    #[tokio::test]
    async fn a_name_that_leads_here_is_not_called() {
        let error = PushService::new(false).look_up("localhost", 443).await.unwrap_err();
        assert!(matches!(error, HttpError::NotPublic), "{error}");
    }

    #[tokio::test]
    async fn an_address_where_nobody_answers_is_not_the_last() {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = listener.local_addr().unwrap();
        assert!(matches!(connect(&[gone]).await, Err(HttpError::Connect(_))));
        assert_eq!(connect(&[gone, there]).await.unwrap().peer_addr().unwrap(), there);
    }
}
