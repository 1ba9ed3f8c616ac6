//! For those who operate the server.

use super::error::RestError;
use crate::app::App;
use crate::cluster::ClusterHealth;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use chinwag_core::domain::Refusal;
use std::sync::Arc;
use std::time::Duration;

/// How long the storage may take to show that it is there.
const READY_WITHIN: Duration = Duration::from_secs(2);
/// Whoever was heard within this time is there: nodes say something twice a second.
const STILL_HEARD: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether this server serves.
pub(super) enum Readiness {
    /// It does.
    Ready,
    /// It does, with what is wrong nevertheless.
    Degraded(&'static str),
    /// It does not, with what is wrong.
    Unavailable(&'static str),
}

/// `GET /readyz`: the storage answers, too, and a node that is one of several has a lease. One that does not hear the others serves nevertheless,
/// since it reads in the database what they would tell.
pub(crate) async fn readyz(State(app): State<Arc<App>>) -> Result<String, RestError> {
    match readiness(&app).await {
        Readiness::Ready => Ok("ready\n".to_owned()),
        Readiness::Degraded(problem) => Ok(format!("degraded: {problem}\n")),
        Readiness::Unavailable(_) => Err(Refusal::Unavailable.into()),
    }
}

/// Looks whether this server serves.
pub(super) async fn readiness(app: &App) -> Readiness {
    let cluster = app.cluster.as_ref().map(|cluster| cluster.health());
    if cluster.as_ref().is_some_and(|cluster| cluster.lease_left.is_none()) {
        return Readiness::Unavailable(
            "this node has no lease: the database does not answer it, or it has just begun",
        );
    }
    match tokio::time::timeout(READY_WITHIN, app.chat.ready()).await {
        Ok(Ok(())) if cluster.as_ref().is_some_and(|cluster| !cluster.bus.is_up) => Readiness::Degraded(
            "this node does not hear the others over Redis, and reads in the database what they would tell",
        ),
        Ok(Ok(())) if cluster.as_ref().is_some_and(has_a_namesake) => {
            Readiness::Degraded("another node has the same name: give each its own --node-name")
        }
        Ok(Ok(())) => Readiness::Ready,
        Ok(Err(_)) => Readiness::Unavailable("the storage fails: see the log"),
        Err(_) => Readiness::Unavailable("the storage does not answer"),
    }
}

/// Whether another node is called as this one, so that a proxy cannot tell them apart. One that is not heard any more is what this one was before
/// its restart.
fn has_a_namesake(health: &ClusterHealth) -> bool {
    let named = |id| health.live.iter().find(|node| node.id == id).map(|node| &node.name);
    let own = health.node.and_then(named);
    let others = health.bus.peers.iter().filter(|(_, ago)| *ago < STILL_HEARD);
    own.is_some() && others.map(|(id, _)| named(*id)).any(|name| name == own)
}

/// `GET /metrics`
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::NodeId;
    use chinwag_core::ports::LiveNode;
    use chinwag_realtime::broker::BusHealth;

    #[test]
    fn a_namesake_is_one_that_is_heard() {
        let named = |id, name: &str| LiveNode {
            id: NodeId(id),
            name: name.to_owned(),
            version: String::new(),
            repaired_at: None,
        };
        let with_peer = |name: &str, heard: Duration| ClusterHealth {
            node: Some(NodeId(1)),
            live: vec![named(1, "a"), named(2, name)],
            bus: BusHealth { is_up: true, peers: vec![(NodeId(2), heard)] },
            lease_left: Some(Duration::from_secs(8)),
        };
        let just_now = Duration::from_millis(100);
        assert!(has_a_namesake(&with_peer("a", just_now)));
        assert!(!has_a_namesake(&with_peer("b", just_now)));
        // That was this node, before it was killed.
        assert!(!has_a_namesake(&with_peer("a", Duration::from_secs(3))));
    }
}
