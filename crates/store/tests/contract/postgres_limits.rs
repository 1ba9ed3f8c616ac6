//! Limits over all nodes, which there are on PostgreSQL alone.

use crate::broker::Recorder;
use crate::doubles::{Commits, ManualClock};
use crate::world::block_on;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::{Rate, SharedLimits as _};
use chinwag_fixtures::Database;
use chinwag_store::{DatabaseUrl, PostgresOptions, PostgresStore};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;

/// One is free again after an hour: more than any test takes.
const RATE: Rate = Rate { count: 5, period: Duration::from_secs(5 * HOUR) };
const HOUR: u64 = 60 * 60;

fn node(database: &Database) -> PostgresStore {
    let url = DatabaseUrl::parse(database.url()).unwrap();
    let options = PostgresOptions { has_bus: true, ..PostgresOptions::new(url) };
    let clock = Arc::<ManualClock>::default();
    PostgresStore::open(options, clock, Arc::<Recorder>::default(), Arc::<Commits>::default()).unwrap()
}

async fn count(node: &PostgresStore, key: &str) -> Result<(), Refusal> {
    node.count(key.into(), RATE).await
}

/// Lets so many seconds pass.
fn pass(database: &Database, seconds: u64) {
    database.execute(&format!("UPDATE limits SET free_at = free_at - {seconds} * 1000000::bigint"));
}

#[track_caller]
fn wait(refused: Result<(), Refusal>) -> Duration {
    let Err(Refusal::RateLimited { retry_after_ms }) = refused else { panic!("not limited: {refused:?}") };
    Duration::from_millis(retry_after_ms)
}

#[test]
fn nodes_count_together() {
    let database = chinwag_fixtures::database();
    let nodes = [node(&database), node(&database)];
    block_on(async {
        for number in 0..5 {
            count(&nodes[number % 2], "visit 192.0.2.1").await.unwrap();
        }
        for node in &nodes {
            let wait = wait(count(node, "visit 192.0.2.1").await);
            assert!(wait > Duration::from_secs(HOUR - 600) && wait <= Duration::from_secs(HOUR), "{wait:?}");
        }
        count(&nodes[0], "visit 192.0.2.2").await.unwrap();
        pass(&database, HOUR / 2);
        assert!(wait(count(&nodes[1], "visit 192.0.2.1").await) <= Duration::from_secs(HOUR / 2));
        pass(&database, HOUR / 2);
        count(&nodes[1], "visit 192.0.2.1").await.unwrap();
        wait(count(&nodes[0], "visit 192.0.2.1").await);
        pass(&database, 100 * HOUR);
        for number in 0..5 {
            count(&nodes[number % 2], "visit 192.0.2.1").await.unwrap();
        }
        wait(count(&nodes[1], "visit 192.0.2.1").await);
    });
}

#[test]
fn no_more_than_there_may_be_pass_at_once() {
    let database = chinwag_fixtures::database();
    let nodes = [node(&database), node(&database)];
    block_on(async {
        let counts = (0..40).map(|number| count(&nodes[number % 2], "sign-in 192.0.2.1"));
        let passed = join_all(counts).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(passed, 5);
    });
}

#[test]
fn who_has_rested_is_forgotten() {
    let database = chinwag_fixtures::database();
    let node = node(&database);
    block_on(async {
        count(&node, "room 1").await.unwrap();
        pass(&database, 2 * HOUR);
        count(&node, "room 2").await.unwrap();
        node.forget_the_rested().await.unwrap();
        assert_eq!(database.ask("SELECT string_agg(key, ',') FROM limits"), "room 2");
    });
}
