//! What the operator is told of nodes that fail, beside what the faults show.

use super::Cluster;
use crate::support::request;
use chinwag_wire::health::{HealthReport, HealthStatus};

async fn text(cluster: &Cluster, node: usize, path: &str) -> String {
    request(cluster.address(node), &format!("GET {path}"), &[], "").await.body
}

fn names(report: &HealthReport) -> Vec<&str> {
    report.cluster.iter().flat_map(|cluster| &cluster.nodes).map(|node| node.name.as_str()).collect()
}

#[tokio::test]
async fn a_node_that_was_killed_is_told_of_until_its_lease_is_over() {
    let mut cluster = Cluster::start(2).await;
    for node in 0..2 {
        let both = |report: &HealthReport| {
            let heard = report.cluster.iter().flat_map(|cluster| &cluster.nodes);
            names(report) == ["node-0", "node-1"]
                && heard.filter(|node| node.heard_ms_ago.is_some()).count() == 1
        };
        cluster.until_report(node, both).await;
        let metrics = text(&cluster, node, "/metrics").await;
        assert!(metrics.contains("chinwag_bus_up 1\n"), "{metrics}");
        let other = format!("chinwag_peer_heard_seconds_ago{{node=\"node-{}\"", 1 - node);
        assert!(metrics.contains(&other) && metrics.contains("chinwag_lease_left_seconds "), "{metrics}");
    }
    cluster.kill_node(1).await;
    cluster.until_report(0, |report| names(report) == ["node-0"]).await;
}

#[tokio::test]
async fn a_node_without_postgres_is_not_ready_until_it_is_back() {
    let cluster = Cluster::start(1).await;
    cluster.until_report(0, |report| report.status == HealthStatus::Ready).await;
    cluster.postgres.crash();
    cluster.until_report(0, |report| report.status == HealthStatus::Unavailable).await;
    assert_eq!(request(cluster.address(0), "GET /readyz", &[], "").await.status, 503);
    cluster.postgres.start_again();
    cluster.until_report(0, |report| report.status == HealthStatus::Ready).await;
    assert_eq!(text(&cluster, 0, "/readyz").await, "ready\n");
}
