//! An end is told only when it is one at every node.

use crate::node::{A, B, NOW, Pair};
use chinwag_core::domain::{Millis, RoomId, Seq};
use chinwag_core::ports::{Broker as _, Settling};
use chinwag_fixtures::RedisServer;
use futures_util::FutureExt as _;
use std::time::Duration;

const END: Settling = Settling::Room(RoomId(1), Seq(5));
/// Far longer than it takes for nodes to ask and to answer, and to ask again.
const A_WHILE: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_waits_for_every_node_with_a_lease() {
    let redis = RedisServer::start().await;
    let pair = Pair::start(&redis.url(), &redis.url()).await;
    *pair.story.live.lock() = vec![A, B];
    let settled = pair.a.broker.settled(END).shared();
    assert!(tokio::time::timeout(A_WHILE, settled.clone()).await.is_err(), "nobody has applied it");
    pair.story.delivered.send_replace(Seq(5));
    assert_eq!(settled.await, Ok(()));
    pair.a.broker.settled(END).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_does_not_wait_for_one_whose_lease_is_over() {
    let redis = RedisServer::start().await;
    let Pair { a, b, story, .. } = Pair::start(&redis.url(), &redis.url()).await;
    *story.live.lock() = vec![A, B];
    story.delivered.send_replace(Seq(5));
    drop(b);
    let settled = a.broker.settled(END).shared();
    assert!(tokio::time::timeout(A_WHILE, settled.clone()).await.is_err(), "the other does not answer");
    *story.live.lock() = vec![A];
    assert_eq!(settled.await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_asked_again_when_redis_was_away() {
    let mut redis = RedisServer::start().await;
    let pair = Pair::start(&redis.url(), &redis.url()).await;
    *pair.story.live.lock() = vec![A, B];
    pair.story.delivered.send_replace(Seq(5));
    redis.kill().await;
    let settled = pair.a.broker.settled(END).shared();
    assert!(tokio::time::timeout(A_WHILE, settled.clone()).await.is_err(), "nobody was asked");
    redis.restart().await;
    assert_eq!(settled.await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_does_not_wait_for_one_that_has_looked_up_everything_since() {
    let mut redis = RedisServer::start().await;
    let pair = Pair::start(&redis.url(), &redis.url()).await;
    *pair.story.live.lock() = vec![A, B];
    redis.kill().await;
    pair.story.delivered.send_replace(Seq(5));
    *pair.story.repaired.lock() = Some(Millis(NOW.0 - 1));
    let settled = pair.a.broker.settled(END).shared();
    assert!(tokio::time::timeout(A_WHILE, settled.clone()).await.is_err(), "they may not know of it");
    *pair.story.repaired.lock() = Some(NOW);
    assert_eq!(settled.await, Ok(()));
}
