//! Takes connections in and speaks HTTP on them, within bounds. An upgrade leaves from here with the bare TCP stream.

use crate::addresses::Addresses;
use crate::base_path;
use crate::config::{BasePath, Network};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Bytes of a request's head, at most.
const HEAD_BYTES: usize = 32 * 1024;
/// How long to wait for a file to be closed elsewhere when no more can be opened.
const BREATH: Duration = Duration::from_millis(200);

/// What listens for connections.
pub(crate) struct Listening {
    pub(crate) listener: TcpListener,
    pub(crate) routes: Router,
    /// The path below which people reach it; the routes know nothing of it.
    pub(crate) base_path: BasePath,
    /// Counts the connections that speak HTTP; those that were upgraded are counted by their gateway.
    pub(crate) addresses: Arc<Addresses>,
    /// Many people come through one of these, so their connections are not counted here.
    pub(crate) trusted_proxies: Vec<Network>,
    /// How long a client may take to send the head of a request, the wait for the first one and between two of them included.
    pub(crate) head_limit: Duration,
    /// How long a client may take nothing of what waits for it.
    pub(crate) silence_limit: Duration,
}

impl Listening {
    /// Serves until `drain` resolves, and then until the requests that had begun are answered.
    pub(crate) async fn run(self, drain: impl Future<Output = ()>) {
        // Each connection watches, so that it is told of the end, and its own end is seen.
        let (stopping, _) = watch::channel(false);
        let mut drain = pin!(drain);
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut drain => break,
            };
            match accepted {
                Ok((stream, peer)) => self.take_in(stream, peer, stopping.subscribe()),
                Err(error) if is_the_clients(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "cannot take connections; raise the limit of open files if this stays");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        drop(self.listener);
        stopping.send_replace(true);
        stopping.closed().await;
    }

    fn take_in(&self, stream: TcpStream, peer: SocketAddr, mut stopping: watch::Receiver<bool>) {
        let address = peer.ip().to_canonical();
        let counted = !self.trusted_proxies.iter().any(|proxies| proxies.contains(&address));
        let permit = counted.then(|| self.addresses.permit(address));
        // An address with too many connections gets no answer: to write one would cost as much as to serve.
        let Some(permit) = permit.map_or(Some(None), |permit| permit.map(Some)) else { return };
        // Chat frames are small and wanted at once.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not switch Nagle's algorithm off");
        }
        if let Err(error) = give_up_after(&stream, self.silence_limit) {
            tracing::debug!(%error, "could not limit how long a client may take nothing");
        }
        let base_path = self.base_path.clone();
        let service = FromPeer { routes: TowerToHyperService::new(self.routes.clone()), base_path, peer };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_limit)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = told(&mut stopping) => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended badly");
            }
            drop(permit);
        });
    }
}

/// The routes, told of where their requests come from.
struct FromPeer {
    routes: TowerToHyperService<Router>,
    base_path: BasePath,
    peer: SocketAddr,
}

impl Service<Request<Incoming>> for FromPeer {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        base_path::take_off(&mut request, &self.base_path);
        self.routes.call(request)
    }
}

/// Has the system give up a connection whose client takes nothing for `limit` (`TCP_USER_TIMEOUT`, RFC 5482): one that asks and does
/// not read would be kept for ever. One that is upgraded keeps it: the system then ends a client that reads nothing for as long as the
/// heartbeat waits for a sign of life.
#[cfg(target_os = "linux")]
fn give_up_after(stream: &TcpStream, limit: Duration) -> io::Result<()> {
    let milliseconds = limit.as_millis().min(i32::MAX as u128) as u32;
    Ok(rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds)?)
}

/// Other systems have nothing of the kind.
#[cfg(not(target_os = "linux"))]
fn give_up_after(_stream: &TcpStream, _limit: Duration) -> io::Result<()> {
    Ok(())
}

async fn told(stopping: &mut watch::Receiver<bool>) {
    // An error means that nobody is left to tell, which is the end, too.
    _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Whether a connection could not be taken since its client has gone already.
fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset
    )
}
