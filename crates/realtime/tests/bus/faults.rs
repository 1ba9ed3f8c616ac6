//! Whatever happens to Redis or the way to it: nothing is lost unnoticed, order is kept, and the nodes hear each other again by themselves.

use crate::node::{A, B, Pair};
use chinwag_fixtures::{RedisProxy, RedisServer};
use chinwag_realtime::broker::Loss;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_comes_back_empty() {
    let mut redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    for _ in 0..3 {
        let before = pair.story.lines().len();
        pair.tell(200).await;
        redis.kill().await;
        pair.tell(200).await;
        for at in [A, B] {
            let first = pair.story.until_repaired(before, at, Loss::Deaf).await;
            pair.story.until_repaired(first, at, Loss::Deaf).await;
        }
        assert!(!pair.a.broker.health().is_up && pair.a.metrics.up.get() == 0);
        redis.restart().await;
        for at in [A, B] {
            pair.story.until_repaired(before, at, Loss::Subscribed).await;
        }
        pair.check().await;
    }
    for node in [&pair.a, &pair.b] {
        assert_eq!(pair.story.repairs(node.id, Loss::Subscribed), 4, "once after each connection");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_stands_still_with_its_connections_open() {
    let redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    pair.tell(200).await;
    let before = pair.story.lines().len();
    redis.freeze();
    pair.tell(200).await;
    for at in [A, B] {
        pair.story.until_repaired(before, at, Loss::Deaf).await;
    }
    pair.tell(200).await;
    redis.thaw();
    pair.check().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_one_node_reaches_redis() {
    let redis = RedisServer::start().await;
    let proxy = RedisProxy::before(redis.socket()).await;
    let mut pair = Pair::start(&redis.url(), &proxy.url()).await;
    let before = pair.story.lines().len();
    proxy.stop_to_redis();
    pair.tell(200).await;
    // It hears the other still, but not itself; and the other misses it.
    pair.story.until_repaired(before, A, Loss::Silent(B)).await;
    pair.story.until_repaired(before, B, Loss::Deaf).await;
    proxy.flow();
    pair.check().await;
    assert_eq!(
        pair.story.repairs(A, Loss::Subscribed),
        1,
        "the connection of the other was well all the time"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_redis_reaches_one_node() {
    let redis = RedisServer::start().await;
    let proxy = RedisProxy::before(redis.socket()).await;
    let mut pair = Pair::start(&redis.url(), &proxy.url()).await;
    let before = pair.story.lines().len();
    proxy.stop_from_redis();
    pair.tell(200).await;
    pair.story.until_repaired(before, B, Loss::Deaf).await;
    proxy.flow();
    pair.story.until_repaired(before, B, Loss::Subscribed).await;
    pair.check().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_gives_up_a_node_that_is_too_slow() {
    let redis = RedisServer::start().await;
    let _: () = redis.command(&["CONFIG", "SET", "client-output-buffer-limit", "pubsub 1mb 0 0"]).await;
    // Whatever stands still there keeps no thread of the others busy.
    let slow_threads =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let mut pair = Pair::start_on(slow_threads.handle(), &redis.url(), &redis.url()).await;
    let before = pair.story.lines().len();
    let gate = pair.b.gate.clone();
    let slow = std::thread::spawn(move || {
        let _closed = gate.lock();
        std::thread::park();
    });
    while !pair.b.gate.is_locked() {
        tokio::task::yield_now().await;
    }
    // More than Redis and the socket hold.
    while redis.command::<String>(&["CLIENT", "LIST", "TYPE", "pubsub"]).await.lines().count() > 1 {
        pair.tell_by_a(1_000).await;
    }
    slow.thread().unpark();
    slow.join().unwrap();
    pair.story.until_repaired(before, B, Loss::Subscribed).await;
    let (at_a, at_b) = pair.check().await;
    assert!(at_a == 0 && at_b > 0, "{at_b} were lost");
    assert_eq!(pair.story.repairs(A, Loss::Subscribed), 1, "the other one goes on");
    slow_threads.shutdown_background();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_are_ended_by_an_operator() {
    let redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    for round in 2..5 {
        let before = pair.story.lines().len();
        pair.tell(100).await;
        let ended: i64 = redis.command(&["CLIENT", "KILL", "TYPE", "pubsub"]).await;
        assert_eq!(ended, 2);
        pair.tell(100).await;
        for at in [A, B] {
            pair.story.until_repaired(before, at, Loss::Subscribed).await;
        }
        pair.check().await;
        for node in [&pair.a, &pair.b] {
            assert_eq!(pair.story.repairs(node.id, Loss::Subscribed), round);
            assert_eq!(node.metrics.subscriptions.get(), round as u64);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connections_of_publishers_are_ended_by_an_operator() {
    let redis = RedisServer::start().await;
    let mut pair = Pair::start(&redis.url(), &redis.url()).await;
    for _ in 0..5 {
        pair.tell(500).await;
        let _: i64 = redis.command(&["CLIENT", "KILL", "TYPE", "normal"]).await;
        pair.tell(500).await;
        pair.check().await;
    }
    for at in [A, B] {
        assert_eq!(pair.story.repairs(at, Loss::Subscribed), 1, "subscriptions were not touched");
    }
}
