//! For those who operate the server.

use super::error::RestError;
use crate::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use chinwag_core::domain::Refusal;
use std::sync::Arc;
use std::time::Duration;

/// How long the storage may take to show that it is there.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether this server serves.
pub(super) enum Readiness {
    /// It does.
    Ready,
    /// It does not, with what is wrong.
    Unavailable(&'static str),
}

/// `GET /readyz`: the storage answers, too.
pub(crate) async fn readyz(State(app): State<Arc<App>>) -> Result<&'static str, RestError> {
    match readiness(&app).await {
        Readiness::Ready => Ok("ready\n"),
        Readiness::Unavailable(_) => Err(Refusal::Unavailable.into()),
    }
}

/// Looks whether this server serves.
pub(super) async fn readiness(app: &App) -> Readiness {
    match tokio::time::timeout(READY_WITHIN, app.chat.ready()).await {
        Ok(Ok(())) => Readiness::Ready,
        Ok(Err(_)) => Readiness::Unavailable("the storage fails: see the log"),
        Err(_) => Readiness::Unavailable("the storage does not answer"),
    }
}

/// `GET /metrics`
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text())
}
