use super::health::{Readiness, readiness};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_wire::health::{HealthReport, HealthStatus};
use std::sync::Arc;

/// `GET /api/health`: what `/readyz` says, with all that is known. It is for the operator, as `/metrics` is.
pub(crate) async fn show(State(app): State<Arc<App>>) -> (StatusCode, Json<HealthReport>) {
    let (code, status, problem) = match readiness(&app).await {
        Readiness::Ready => (StatusCode::OK, HealthStatus::Ready, None),
        Readiness::Unavailable(problem) => {
            (StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Unavailable, Some(problem.to_owned()))
        }
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    (code, Json(HealthReport { status, problem, version, storage: app.storage.clone() }))
}
