//! What Prometheus is told of nodes: figures that move when that happens of which they tell.

use super::Cluster;
use crate::support::{request, within};
use std::time::Duration;

/// Of a metric that nothing was counted under yet: 0.
async fn metric(cluster: &Cluster, node: usize, name: &str) -> f64 {
    let text = request(cluster.address(node), "GET /metrics", &[], "").await.body;
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.map_or(0.0, |value| value.parse().unwrap())
}

/// Waits until a metric is above a value, and answers it.
async fn until_above(cluster: &Cluster, node: usize, name: &str, value: f64) -> f64 {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    within(name, async {
        loop {
            looks.tick().await;
            let now = metric(cluster, node, name).await;
            if now > value {
                return now;
            }
        }
    })
    .await
}

#[tokio::test]
async fn what_people_do_at_one_node_is_measured_there_and_at_the_other() {
    const DELIVERED: &str = "chinwag_remote_delivery_seconds_count";
    let cluster = Cluster::start(2).await;
    let ((alex, _), (sam, _)) = (cluster.enter(0, "Alex").await, cluster.enter(1, "Sam").await);
    let before = metric(&cluster, 1, DELIVERED).await;
    let own = metric(&cluster, 0, DELIVERED).await;
    for number in 0..3 {
        alex.says("general", &format!("hello {number}")).await;
        sam.sees("general", &format!("hello {number}")).await;
        until_above(&cluster, 1, DELIVERED, before + f64::from(number)).await;
    }
    let seconds = metric(&cluster, 1, "chinwag_remote_delivery_seconds_sum").await;
    assert!((0.0..30.0).contains(&seconds), "{seconds} s");
    assert_eq!(metric(&cluster, 0, DELIVERED).await, own, "its own are no news to it");
    let mut written = 0.0;
    for lane in ["messages-0", "messages-1"] {
        written += metric(&cluster, 0, &format!("chinwag_lane_batch_writes_sum{{lane=\"{lane}\"}}")).await;
    }
    assert_eq!(written, 3.0);
    for pool in ["reads", "writes", "leases"] {
        let waits = format!("chinwag_pool_wait_seconds_count{{pool=\"{pool}\"}}");
        assert!(metric(&cluster, 0, &waits).await > 0.0, "nobody waited for {pool}");
    }
    const SETTLED: &str = "chinwag_settled_seconds_count";
    assert_eq!(metric(&cluster, 1, SETTLED).await, 0.0);
    sam.leave("general").await.unwrap();
    assert_eq!(metric(&cluster, 1, SETTLED).await, 1.0, "the ack came after it");
}

#[tokio::test]
async fn a_node_that_hears_nothing_counts_what_it_has_to_read() {
    let cluster = Cluster::start(2).await;
    let ((alex, _), (sam, _)) = (cluster.enter(0, "Alex").await, cluster.enter(1, "Sam").await);
    let repairs = |cause: &str| format!("chinwag_repair_seconds_count{{cause=\"{cause}\"}}");
    assert!(metric(&cluster, 1, &repairs("lease")).await > 0.0, "it got its lease by a repair");
    let subscribed = metric(&cluster, 1, &repairs("subscribed")).await;
    let deaf = metric(&cluster, 1, &repairs("deaf")).await;
    let waits = metric(&cluster, 1, "chinwag_sequence_wait_seconds_count").await;
    let behind = metric(&cluster, 1, "chinwag_heads_behind_total").await;
    cluster.way_to_redis(1).stop_from_redis();
    alex.says("general", "can you hear me?").await;
    sam.sees("general", "can you hear me?").await;
    until_above(&cluster, 1, "chinwag_heads_behind_total", behind).await;
    until_above(&cluster, 1, "chinwag_sequence_wait_seconds_count", waits).await;
    // From then on it subscribes anew.
    until_above(&cluster, 1, &repairs("deaf"), deaf).await;
    cluster.way_to_redis(1).flow();
    until_above(&cluster, 1, &repairs("subscribed"), subscribed).await;
}

#[tokio::test]
async fn a_node_whose_lease_is_over_says_that_it_is_suspended() {
    let cluster = Cluster::start(1).await;
    cluster.until_report(0, |report| report.cluster.as_ref().is_some_and(|it| it.lease_ms.is_some())).await;
    assert_eq!(metric(&cluster, 0, "chinwag_suspended").await, 0.0);
    assert!(metric(&cluster, 0, "chinwag_lease_left_seconds").await > 0.0);
    cluster.postgres.crash();
    until_above(&cluster, 0, "chinwag_suspended", 0.0).await;
    assert_eq!(metric(&cluster, 0, "chinwag_lease_left_seconds").await, 0.0);
}
