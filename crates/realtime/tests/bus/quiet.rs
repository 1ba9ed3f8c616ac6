//! While everything works.

use crate::node::{A, B, Node, Pair, Story};
use crate::shelf::Shelf;
use chinwag_core::domain::NodeId;
use chinwag_fixtures::RedisServer;
use chinwag_realtime::broker::Loss;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_is_heard_once_and_in_order() {
    let redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    pair.tell(5_000).await;
    assert_eq!(pair.check().await, (0, 0));
    for node in [&pair.a, &pair.b] {
        assert_eq!(pair.story.repairs(node.id, Loss::Subscribed), 1, "once, behind the confirmation");
        let metrics = &node.metrics;
        let (messages, publications) = (metrics.messages.get(), metrics.publications.get());
        assert!(messages < publications / 2, "{publications} publications went in {messages} messages");
        assert_eq!((metrics.lost.get(), metrics.dropped.get(), metrics.up.get()), (0, 0, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_with_a_lease_that_is_not_heard_is_made_up_for_again_and_again() {
    let redis = RedisServer::start().await;
    let pair = Pair::start(&redis.url(), &redis.url()).await;
    let Pair { a, b, story, .. } = pair;
    drop(b);
    let first = story.until_repaired(0, A, Loss::Silent(B)).await;
    story.until_repaired(first, A, Loss::Silent(B)).await;
    let health = a.broker.health();
    assert!(
        health.is_up
            && health.peers.iter().any(|(node, age)| *node == B && *age > Duration::from_millis(1500))
    );
    a.broker.set_leases(A, &[A]);
    assert_eq!(a.broker.health().peers, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_begins_again_under_another_number_counts_from_the_beginning() {
    let redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    let other = NodeId(3);
    pair.a.broker.set_leases(other, &[other, B]);
    pair.b.broker.set_leases(B, &[other, B]);
    pair.tell(100).await;
    assert_eq!(pair.check().await, (0, 0));
    assert_eq!(pair.story.repairs(B, Loss::Missed(other)), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_asked_for_and_given() {
    let redis = RedisServer::start().await;
    let _: () = redis.command(&["CONFIG", "SET", "requirepass", "a secret"]).await;
    let story = Arc::<Story>::default();
    let url = redis.url();
    let without = Node::start(A, &url, &story, &Arc::<Shelf>::default());
    story.until_repaired(0, A, Loss::Deaf).await;
    story.until_repaired(0, A, Loss::Deaf).await;
    assert_eq!(without.metrics.subscriptions.get(), 0);
    let _with = Node::start(B, &format!("{url}?pass=a%20secret"), &story, &Arc::<Shelf>::default());
    story.until_repaired(0, B, Loss::Subscribed).await;
}
