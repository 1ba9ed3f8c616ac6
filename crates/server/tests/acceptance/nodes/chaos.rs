//! Three nodes under a seeded script of faults: what was acked is stored, and everybody sees all of it in order and once.

use super::{Cluster, Talk};
use crate::support::{Actor, Proxy, Seed};
use futures_util::future::join_all;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rustix::process::{Signal, kill_process};
use std::time::{Duration, Instant};

const NODES: usize = 3;
const PEOPLE: usize = 6;

/// What goes wrong next.
#[derive(Clone, Copy, Debug)]
enum Fault {
    NodeKilled,
    NodeStopped,
    NodeFrozen,
    RedisKilled,
    RedisFrozen,
    RedisForgetsItsClients,
    /// A node tells the others nothing, or hears nothing of them, and no connection is closed.
    WayToRedisBlocked,
    WayFromRedisBlocked,
    PostgresCrashes,
    PostgresForgetsItsClients,
    ConnectionCut,
}

fn choose(random: &mut StdRng) -> Fault {
    match random.random_range(0..100) {
        0..12 => Fault::NodeKilled,
        12..22 => Fault::NodeStopped,
        22..34 => Fault::NodeFrozen,
        34..46 => Fault::RedisKilled,
        46..56 => Fault::RedisFrozen,
        56..62 => Fault::RedisForgetsItsClients,
        62..67 => Fault::WayToRedisBlocked,
        67..72 => Fault::WayFromRedisBlocked,
        72..77 => Fault::PostgresCrashes,
        77..86 => Fault::PostgresForgetsItsClients,
        _ => Fault::ConnectionCut,
    }
}

/// How long faults happen: ten seconds, or as `CHINWAG_CHAOS_SECONDS` says.
fn duration() -> Duration {
    let seconds = std::env::var("CHINWAG_CHAOS_SECONDS").ok().map(|text| text.parse().unwrap());
    Duration::from_secs(seconds.unwrap_or(10))
}

struct Chaos {
    cluster: Cluster,
    proxies: Vec<Proxy>,
    random: StdRng,
}

impl Chaos {
    async fn go_on(&mut self, talk: &Talk) {
        let begin = Instant::now();
        while begin.elapsed() < duration() {
            talk.goes_on(self.random.random_range(10..80)).await;
            let fault = choose(&mut self.random);
            println!("{:6.2} s: {fault:?}", begin.elapsed().as_secs_f32());
            let meanwhile = self.random.random_range(5..60);
            self.carry_out(fault, talk, meanwhile).await;
        }
        talk.goes_on(50).await;
    }

    async fn carry_out(&mut self, fault: Fault, talk: &Talk, meanwhile: usize) {
        let node = self.random.random_range(0..NODES);
        match fault {
            Fault::NodeKilled => {
                self.lead_away_from(node);
                self.cluster.kill_node(node).await;
                talk.goes_on(meanwhile).await;
                self.cluster.start_node(node).await;
                self.lead_someone_to(node);
            }
            Fault::NodeStopped => {
                self.lead_away_from(node);
                self.cluster.stop_node(node).await;
                self.cluster.start_node(node).await;
                self.lead_someone_to(node);
            }
            Fault::NodeFrozen => {
                let process = self.cluster.node(node).id();
                kill_process(process, Signal::STOP).unwrap();
                talk.goes_on(meanwhile).await;
                kill_process(process, Signal::CONT).unwrap();
            }
            Fault::RedisKilled => {
                self.cluster.redis.kill().await;
                talk.goes_on(meanwhile).await;
                self.cluster.redis.restart().await;
            }
            Fault::RedisFrozen => {
                self.cluster.redis.freeze();
                talk.goes_on(meanwhile).await;
                self.cluster.redis.thaw();
            }
            Fault::RedisForgetsItsClients => {
                let kind = if self.random.random_bool(0.5) { "pubsub" } else { "normal" };
                let _: i64 = self.cluster.redis.command(&["CLIENT", "KILL", "TYPE", kind]).await;
            }
            Fault::WayToRedisBlocked => {
                self.cluster.way_to_redis(node).stop_to_redis();
                talk.goes_on(meanwhile).await;
                self.cluster.way_to_redis(node).flow();
            }
            Fault::WayFromRedisBlocked => {
                self.cluster.way_to_redis(node).stop_from_redis();
                talk.goes_on(meanwhile).await;
                self.cluster.way_to_redis(node).flow();
            }
            Fault::PostgresCrashes => {
                self.cluster.postgres.crash();
                self.cluster.postgres.start_again();
            }
            Fault::PostgresForgetsItsClients => self.cluster.postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL",
            ),
            Fault::ConnectionCut => self.proxies[self.random.random_range(0..PEOPLE)].cut(),
        }
    }

    /// As a proxy does that finds a node not ready.
    fn lead_away_from(&mut self, node: usize) {
        let other = self.cluster.address((node + self.random.random_range(1..NODES)) % NODES);
        for proxy in self.proxies.iter().filter(|proxy| proxy.leads_to(self.cluster.address(node))) {
            proxy.lead_to(other);
        }
    }

    fn lead_someone_to(&mut self, node: usize) {
        for _ in 0..2 {
            let proxy = &self.proxies[self.random.random_range(0..PEOPLE)];
            proxy.lead_to(self.cluster.address(node));
            proxy.cut();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_nodes_under_random_faults_lose_and_double_nothing() {
    let random = Seed::choose().random(0);
    let cluster = Cluster::start(NODES).await;
    let (mut people, mut proxies) = (Vec::new(), Vec::new());
    for number in 0..PEOPLE {
        let (person, proxy) = cluster.enter(number % NODES, &format!("Guest {number}")).await;
        people.push(person);
        proxies.push(proxy);
    }
    let mut chaos = Chaos { cluster, proxies, random };
    let talk = Talk::default();
    let (acked, ()) = tokio::join!(join_all(people.iter().map(|person| talk.take_part(person))), async {
        chaos.go_on(&talk).await;
        talk.is_over();
    });
    let people: Vec<&Actor> = people.iter().collect();
    chaos.cluster.check(&people, &acked.concat()).await;
}
