use super::health::{Readiness, readiness};
use crate::app::App;
use crate::cluster::ClusterHealth;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chinwag_core::ports::LiveNode;
use chinwag_wire::health::{ClusterReport, HealthReport, HealthStatus, NodeReport};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How the server is, with all that is known; for the operator.
#[utoipa::path(get, path = "/api/health", operation_id = "getHealth", tag = "server", security(()),
    responses((status = 200, description = "It serves", body = HealthReport),
        (status = 503, description = "It does not serve", body = HealthReport)))]
pub(crate) async fn show(State(app): State<Arc<App>>) -> (StatusCode, Json<HealthReport>) {
    let (code, status, problem) = match readiness(&app).await {
        Readiness::Ready => (StatusCode::OK, HealthStatus::Ready, None),
        Readiness::Degraded(problem) => (StatusCode::OK, HealthStatus::Degraded, Some(problem.to_owned())),
        Readiness::Unavailable(problem) => {
            (StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Unavailable, Some(problem.to_owned()))
        }
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let cluster = app.cluster.as_ref().map(|cluster| report(cluster.health()));
    (code, Json(HealthReport { status, problem, version, storage: app.storage.clone(), cluster }))
}

fn report(ClusterHealth { node, live, bus, lease_left }: ClusterHealth) -> ClusterReport {
    let millis = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    let heard: HashMap<_, _> = bus.peers.into_iter().collect();
    let nodes = live.into_iter().map(|LiveNode { id, name, version, repaired_at }| NodeReport {
        node: id.0,
        name,
        version,
        heard_ms_ago: heard.get(&id).copied().map(millis),
        repaired_at: repaired_at.map(|at| at.0),
    });
    ClusterReport {
        node: node.map(|node| node.0),
        hears: bus.is_up,
        lease_ms: lease_left.map(millis),
        nodes: nodes.collect(),
    }
}
