//! The protocols that this server speaks: the native one, and those of `chinwag-compat` where that is built in.

#[cfg(feature = "compat")]
mod compat;
#[cfg(not(feature = "compat"))]
#[path = "without_compat.rs"]
mod compat;
mod native;
pub(crate) mod protocols;

pub(crate) use compat::{OtherProtocols, check_presets};

use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::Response;
use axum::routing::get;
use futures_util::future::BoxFuture;
use std::net::SocketAddr;
use std::sync::Arc;

/// The gateways beside the native one.
#[derive(Default)]
pub(crate) struct OtherGateways {
    pub(crate) routes: Router,
    /// What answers a WebSocket handshake at `/`, if anything does.
    pub(crate) at_root: Option<RootUpgrade>,
}

/// Answers a WebSocket handshake.
pub(crate) type RootUpgrade =
    Arc<dyn Fn(ConnectInfo<SocketAddr>, Request) -> BoxFuture<'static, Response<Body>> + Send + Sync>;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/ws", get(native::upgrade))
}
