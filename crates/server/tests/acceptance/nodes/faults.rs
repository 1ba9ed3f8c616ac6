//! Whatever is killed, stopped or crashed: what was acked is stored, everybody sees all of it in order and once, and the others go on.

use super::talk::write;
use super::{Cluster, Talk};
use crate::support::{Actor, Proxy, within};
use chinwag_client::protocol::PresenceState;
use chinwag_wire::health::{HealthReport, HealthStatus};
use rustix::process::{Signal, kill_process};

/// Two nodes, with a person at each, who write all the time while `faults` happen.
async fn under(faults: impl AsyncFnOnce(&mut Cluster, &Stage)) {
    let mut cluster = Cluster::start(2).await;
    let (alex, alex_proxy) = cluster.enter(0, "Alex").await;
    let (sam, sam_proxy) = cluster.enter(1, "Sam").await;
    let stage = Stage { alex, sam, alex_proxy, sam_proxy };
    let talk = Talk::default();
    let (by_alex, by_sam, ()) =
        tokio::join!(talk.take_part(&stage.alex), talk.take_part(&stage.sam), async {
            faults(&mut cluster, &stage).await;
            // Both have been able to write afterwards.
            for person in [&stage.alex, &stage.sam] {
                within("an ack", write(person, &format!("{} is back", person.id()))).await;
            }
            talk.is_over();
        });
    assert!(!by_alex.is_empty() && !by_sam.is_empty());
    cluster.check(&[&stage.alex, &stage.sam], &[by_alex, by_sam].concat()).await;
}

struct Stage {
    alex: Actor,
    sam: Actor,
    alex_proxy: Proxy,
    sam_proxy: Proxy,
}

impl Stage {
    /// Waits until both have seen so many events more.
    async fn goes_on(&self, events: i64) {
        for person in [&self.alex, &self.sam] {
            let head = person.view().room("general").head();
            person.reaches("general", head + events).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_comes_back() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        cluster.redis.kill().await;
        stage.goes_on(100).await;
        cluster.redis.restart().await;
        stage.goes_on(100).await;
    })
    .await;
}

/// Who asks is told what is wrong, and that people are served nevertheless.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operator_is_told_how_the_nodes_are() {
    let mut cluster = Cluster::start(2).await;
    // It hears of the other one with its next renewal.
    let of_two =
        |report: &HealthReport| report.cluster.as_ref().is_some_and(|cluster| cluster.nodes.len() == 2);
    let is_well = |report: &HealthReport| report.status == HealthStatus::Ready && of_two(report);
    let report = cluster.until_report(0, is_well).await;
    let nodes = report.cluster.unwrap();
    let names: Vec<_> =
        nodes.nodes.iter().map(|node| (node.name.as_str(), node.heard_ms_ago.is_some())).collect();
    assert_eq!(names, [("node-0", false), ("node-1", true)]);
    assert!(nodes.hears && nodes.lease_ms.is_some() && nodes.node == Some(nodes.nodes[0].node));
    cluster.redis.kill().await;
    let report = cluster.until_report(0, |report| report.status == HealthStatus::Degraded).await;
    assert!(report.problem.unwrap().contains("Redis") && !report.cluster.unwrap().hears);
    cluster.redis.restart().await;
    cluster.until_report(0, |report| report.status == HealthStatus::Ready).await;
    cluster.stop_node(1).await;
    // A node that stops gives its lease back.
    let alone =
        |report: &HealthReport| report.cluster.as_ref().is_some_and(|cluster| cluster.nodes.len() == 1);
    cluster.until_report(0, alone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_stands_still() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        cluster.redis.freeze();
        stage.goes_on(100).await;
        cluster.redis.thaw();
        stage.goes_on(100).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_crashes_and_starts_again() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        cluster.postgres.crash();
        cluster.postgres.start_again();
        stage.goes_on(100).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_sessions_of_postgres_are_ended() {
    under(async |cluster, stage| {
        for _ in 0..5 {
            stage.goes_on(20).await;
            cluster.postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL",
            );
        }
        stage.goes_on(20).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_is_killed_and_its_people_go_on_at_the_other() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        stage.sam_proxy.lead_to(cluster.address(0));
        cluster.kill_node(1).await;
        stage.goes_on(50).await;
        cluster.start_node(1).await;
        stage.sam_proxy.lead_to(cluster.address(1));
        stage.sam_proxy.cut();
        stage.goes_on(50).await;
    })
    .await;
}

/// Its people are not there any more when its lease is over, and not for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_people_of_a_killed_node_leave_with_its_lease() {
    let mut cluster = Cluster::start(2).await;
    let (alex, _alex_proxy) = cluster.enter(0, "Alex").await;
    let (_sam, sam_proxy) = cluster.enter(1, "Sam").await;
    alex.until("Sam", |view| view.room("general").presence.get("Sam") == Some(&PresenceState::Online)).await;
    sam_proxy.close();
    cluster.kill_node(1).await;
    alex.until("Sam gone", |view| view.room("general").presence.get("Sam") == Some(&PresenceState::Offline))
        .await;
}

/// A node that was frozen beyond its lease tells its people nothing before it has looked up what it missed, and then all of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_is_frozen_beyond_its_lease() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        let frozen = cluster.node(1).id();
        kill_process(frozen, Signal::STOP).unwrap();
        // The other goes on, and so do its acks.
        let head = stage.alex.view().room("general").head();
        stage.alex.reaches("general", head + 50).await;
        cluster.until_leases(1).await;
        kill_process(frozen, Signal::CONT).unwrap();
        cluster.until_leases(2).await;
        stage.goes_on(50).await;
    })
    .await;
}

/// One node after the other is replaced, as at an upgrade.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_are_replaced_one_after_the_other() {
    under(async |cluster, stage| {
        stage.goes_on(20).await;
        stage.sam_proxy.lead_to(cluster.address(0));
        cluster.stop_node(1).await;
        cluster.start_node(1).await;
        stage.goes_on(20).await;
        stage.alex_proxy.lead_to(cluster.address(1));
        stage.sam_proxy.lead_to(cluster.address(1));
        cluster.stop_node(0).await;
        cluster.start_node(0).await;
        stage.goes_on(20).await;
    })
    .await;
}
