//! Each node knows the people of the others, whatever was lost.

use crate::node::{A, B, Node, Pair, Story};
use crate::shelf::Shelf;
use chinwag_core::domain::NodeId;
use chinwag_fixtures::RedisServer;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_begins_hears_of_all_and_then_of_what_changes() {
    let redis = RedisServer::start().await;
    let (story, shelf) = (Arc::<Story>::default(), Arc::<Shelf>::default());
    let a = Node::start(A, &redis.url(), &story, &shelf);
    a.crowd.enter(1..=1_000);
    let b = Node::start(B, &redis.url(), &story, &shelf);
    b.crowd.until_on(A, &a.crowd.here()).await;
    a.crowd.exit(100..=900);
    a.crowd.enter([2_000]);
    b.crowd.enter([3_000]);
    b.crowd.until_on(A, &a.crowd.here()).await;
    a.crowd.until_on(B, &b.crowd.here()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_was_lost_is_told_again() {
    let mut redis = RedisServer::start().await;
    let Pair { a, b, .. } = Pair::start(&redis.url(), &redis.url()).await;
    a.crowd.enter(1..=600);
    b.crowd.until_on(A, &a.crowd.here()).await;
    redis.kill().await;
    for user in 1..=300 {
        a.crowd.exit([user]);
        a.crowd.enter([user + 1_000]);
        tokio::task::yield_now().await;
    }
    redis.restart().await;
    b.crowd.until_on(A, &a.crowd.here()).await;
    for user in 301..=600 {
        a.crowd.exit([user]);
        if user % 50 == 0 {
            let _: i64 = redis.command(&["CLIENT", "KILL", "TYPE", "normal"]).await;
        }
    }
    b.crowd.until_on(A, &a.crowd.here()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_go_with_the_lease_and_come_back_under_the_new_number() {
    let redis = RedisServer::start().await;
    let Pair { a, b, .. } = Pair::start(&redis.url(), &redis.url()).await;
    let other = NodeId(3);
    a.crowd.enter([1, 2]);
    b.crowd.until_on(A, &a.crowd.here()).await;
    b.broker.set_leases(B, &[B]);
    b.crowd.until_on(A, &[].into()).await;
    a.broker.set_leases(other, &[other, B]);
    b.crowd.until_on(other, &a.crowd.here()).await;
    b.broker.set_leases(B, &[B]);
    b.crowd.until_on(other, &a.crowd.here()).await;
}
