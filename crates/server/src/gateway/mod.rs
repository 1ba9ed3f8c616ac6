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
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;
use axum::routing::any;
use axum::{Extension, Router};
use futures_util::future::BoxFuture;
use std::net::SocketAddr;
use std::sync::Arc;

/// The gateways beside the native one.
#[derive(Default)]
pub(crate) struct OtherGateways {
    pub(crate) routes: Router,
    /// What answers a WebSocket handshake at `/`, if anything does.
    pub(crate) at_root: Option<OtherHandler>,
    /// What answers a request of Engine.IO at `/ws`, where many pages have it because of a guide, if anything does.
    pub(crate) engine: Option<OtherHandler>,
}

/// Answers a request.
pub(crate) type OtherHandler =
    Arc<dyn Fn(ConnectInfo<SocketAddr>, Request) -> BoxFuture<'static, Response<Body>> + Send + Sync>;

/// `/ws`: the native protocol, and Engine.IO when the request says that it speaks that.
pub(crate) fn routes(engine: Option<OtherHandler>) -> Router<Arc<App>> {
    Router::new().route("/ws", any(at_ws)).route("/ws/", any(at_ws)).layer(Extension(engine))
}

/// Whether a query has a token in it.
pub(crate) fn token_in(query: Option<&str>) -> bool {
    query.unwrap_or_default().split('&').any(|parameter| parameter.starts_with("token="))
}

async fn at_ws(
    app: State<Arc<App>>,
    Extension(engine): Extension<Option<OtherHandler>>,
    peer: ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default();
    let speaks_engine = query.split('&').any(|parameter| parameter.starts_with("EIO="));
    match engine.filter(|_| speaks_engine) {
        Some(engine) => engine(peer, request).await,
        None => native::upgrade(app, peer, request).await,
    }
}
