//! This node among the others that serve the same database: its lease, and the bus over which they tell each other what happens.

use crate::adapters::DatabaseClock;
use crate::config::Config;
use chinwag_core::chat::Chat;
use chinwag_core::domain::{Millis, NodeId, Refusal};
use chinwag_core::ports::{Broker, Leases, LiveNode, NewNode, Nodes};
use chinwag_realtime::broker::{BusHealth, BusMetrics, Namespace, RedisBroker, RedisBrokerSettings, Repair};
use chinwag_realtime::{Hub, Repairer, Trust};
use chinwag_wire::bus::JsonBusCodec;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep};

/// From one renewal of the lease to the next.
const RENEW: Duration = Duration::from_secs(2);
/// How long a renewed lease is relied on, from before it was asked for. The storage gives it for 10 s.
const TRUSTED: Duration = Duration::from_secs(8);
/// From one look for visits of nodes that are gone to the next.
const LOST_VISITS: Duration = Duration::from_secs(10);
/// From one attempt to the next while the storage does not answer.
const RETRY: Duration = Duration::from_millis(250);

/// One of several nodes.
pub(crate) struct Cluster {
    hub: Arc<Hub>,
    broker: Arc<RedisBroker>,
    repairer: Arc<Repairer>,
    clock: Arc<DatabaseClock>,
    name: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    node: Option<NodeId>,
    /// Who had a lease at the last renewal.
    live: Vec<LiveNode>,
    /// What the storage's clock said at the last renewal, and when that was known here.
    told: Option<(Millis, Instant)>,
}

/// How it stands with this node and the others.
pub(crate) struct ClusterHealth {
    /// The number of this node; none before it has a lease.
    pub(crate) node: Option<NodeId>,
    /// All with a lease at the last renewal.
    pub(crate) live: Vec<LiveNode>,
    /// What arrives over the bus.
    pub(crate) bus: BusHealth,
    /// For how long this node may deliver; none when it may not.
    pub(crate) lease_left: Option<Duration>,
}

impl Cluster {
    /// The node that the configuration makes of `hub`, which does nothing yet. None for a server that has the database for itself.
    ///
    /// # Errors
    /// When the URL of Redis cannot be read.
    pub(crate) fn of(
        config: &Config,
        hub: &Arc<Hub>,
        clock: &Arc<DatabaseClock>,
        metrics: BusMetrics,
    ) -> anyhow::Result<Option<Arc<Self>>> {
        let Some(url) = config.redis()? else { return Ok(None) };
        let (hub, clock, name) = (Arc::clone(hub), Arc::clone(clock), config.node_name.to_string());
        let repairer = Repairer::new(Arc::clone(&hub), hub.metrics().clone());
        let settings = RedisBrokerSettings {
            url,
            codec: Arc::new(JsonBusCodec),
            repair: Arc::clone(&repairer) as Arc<dyn Repair>,
            metrics,
        };
        let broker = RedisBroker::new(Arc::clone(&hub), settings);
        Ok(Some(Arc::new(Self { hub, broker, repairer, clock, name, state: Mutex::default() })))
    }

    /// What carries publications to all nodes.
    pub(crate) fn broker(&self) -> Arc<dyn Broker> {
        Arc::clone(&self.broker) as Arc<dyn Broker>
    }

    /// Takes part, for ever: talks to the other nodes, keeps a lease, looks up what got lost, and ends the visits of nodes that are gone.
    pub(crate) async fn run(self: Arc<Self>, namespace: Namespace, nodes: Arc<dyn Nodes>, chat: Chat) {
        let mut tasks = JoinSet::new();
        tasks.spawn(end_lost_visits(chat));
        tasks.spawn(Arc::clone(&self.broker).run(namespace, Arc::clone(&nodes)));
        tasks.spawn(Arc::clone(&self.repairer).run());
        tasks.spawn(async move { self.keep_lease(&*nodes).await });
        while tasks.join_next().await.is_some() {}
    }

    /// Gives the lease back, when everybody here was told to go elsewhere.
    pub(crate) async fn leave(&self, nodes: &dyn Nodes) {
        self.hub.trust().end();
        let node = self.state.lock().node;
        if let Some(node) = node
            && let Err(refusal) = nodes.leave(node).await
        {
            tracing::warn!(%refusal, "could not give the lease back; it runs out by itself");
        }
    }

    pub(crate) fn health(&self) -> ClusterHealth {
        let state = self.state.lock();
        let (node, live) = (state.node, state.live.clone());
        drop(state);
        ClusterHealth { node, live, bus: self.broker.health(), lease_left: self.hub.trust().left() }
    }

    async fn keep_lease(&self, nodes: &dyn Nodes) {
        let mut before = None;
        loop {
            let node = self.enter(nodes, before).await;
            self.state.lock().node = Some(node);
            self.hold(nodes, node).await;
            // The others may have gone on without this node.
            self.hub.trust().end();
            tracing::warn!(%node, "lost the lease; nobody is told anything until there is another one");
            before = Some(node);
        }
    }

    async fn enter(&self, nodes: &dyn Nodes, before: Option<NodeId>) -> NodeId {
        loop {
            let version = env!("CARGO_PKG_VERSION").to_owned();
            match nodes.enter(NewNode { name: self.name.clone(), version, before }).await {
                Ok(node) => return node,
                Err(refusal) => {
                    tracing::debug!(%refusal, "could not get a lease");
                    sleep(RETRY).await;
                }
            }
        }
    }

    /// Renews a lease until it is lost.
    async fn hold(&self, nodes: &dyn Nodes, node: NodeId) {
        let mut repaired = self.repairer.repaired();
        let entered = Instant::now();
        self.repairer.want_everything();
        loop {
            let asked_at = Trust::now();
            let repaired_at = *repaired.borrow_and_update();
            let has_repaired = repaired_at.is_some_and(|begun| begun >= entered);
            let pause = match nodes.renew(node, self.by_storage(repaired_at)).await {
                Ok(leases) => {
                    self.renewed(node, asked_at, leases);
                    if has_repaired {
                        self.hub.trust().renew(asked_at, TRUSTED);
                    }
                    RENEW
                }
                Err(Refusal::Unauthorized) => return,
                Err(refusal) => {
                    tracing::debug!(%refusal, "could not renew the lease");
                    RETRY
                }
            };
            tokio::select! {
                () = sleep(pause) => {}
                () = repaired_again(&mut repaired), if !has_repaired || !self.broker.health().is_up => {}
            }
        }
    }

    fn renewed(&self, node: NodeId, asked_at: i64, Leases { now, live }: Leases) {
        self.clock.synchronize(now, Trust::now().saturating_sub(asked_at));
        let ids: Vec<_> = live.iter().map(|node| node.id).collect();
        self.broker.set_leases(node, &ids);
        let mut state = self.state.lock();
        state.live = live;
        state.told = Some((now, Instant::now()));
    }

    /// A moment by the storage's clock, or a little earlier.
    fn by_storage(&self, moment: Option<Instant>) -> Option<Millis> {
        let ((now, at), moment) = (self.state.lock().told?, moment?);
        let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let (later, earlier) = (moment.saturating_duration_since(at), at.saturating_duration_since(moment));
        Some(Millis(now.0.saturating_add(millis(later)).saturating_sub(millis(earlier)).saturating_sub(1)))
    }
}

/// Ends the visits of nodes that are gone, for ever.
async fn end_lost_visits(chat: Chat) {
    let mut rounds = interval(LOST_VISITS);
    loop {
        rounds.tick().await;
        match chat.end_lost_visits().await {
            Ok(0) => {}
            Ok(visits) => tracing::info!(visits, "ended the visits of nodes that are gone"),
            Err(refusal) => tracing::debug!(%refusal, "could not look for visits of nodes that are gone"),
        }
    }
}

/// Waits for a repair that nobody has looked at.
async fn repaired_again(repaired: &mut watch::Receiver<Option<Instant>>) {
    if repaired.changed().await.is_err() {
        // There is none any more.
        std::future::pending::<()>().await;
    }
}
