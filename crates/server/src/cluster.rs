//! This node among the others that serve the same database: its lease, and the bus over which they tell each other what happens.

use crate::adapters::DatabaseClock;
use crate::config::Config;
use chinwag_core::chat::Chat;
use chinwag_core::domain::{Millis, NodeId, Refusal};
use chinwag_core::ports::{Broker, Leases, LiveNode, NewNode, Nodes};
use chinwag_realtime::broker::{BusHealth, BusMetrics, Namespace, RedisBroker, RedisBrokerSettings, Repair};
use chinwag_realtime::{Cause, Hub, Repairer, Trust};
use chinwag_wire::bus::JsonBusCodec;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};
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
    /// Tells this process from all others.
    process: i64,
    /// Told when a newer version has changed the database so that this node has to end.
    outdated: Notify,
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
        Ok(Some(Arc::new(Self {
            hub,
            broker,
            repairer,
            clock,
            name,
            process: rand::random(),
            outdated: Notify::new(),
            state: Mutex::default(),
        })))
    }

    /// What carries publications to all nodes.
    pub(crate) fn broker(&self) -> Arc<dyn Broker> {
        Arc::clone(&self.broker) as Arc<dyn Broker>
    }

    /// Takes part: talks to the other nodes, keeps a lease, looks up what got lost, and ends the visits of nodes that are gone.
    pub(crate) fn take_part(
        self: Arc<Self>,
        namespace: Namespace,
        nodes: Arc<dyn Nodes>,
        chat: Chat,
    ) -> Part {
        let mut others = JoinSet::new();
        others.spawn(end_lost_visits(chat));
        others.spawn(Arc::clone(&self.broker).run(namespace, Arc::clone(&nodes)));
        others.spawn(Arc::clone(&self.repairer).run());
        Part::new(self, nodes, others)
    }

    /// Resolves when a newer version has changed the database so that this one may not use it any more.
    pub(crate) async fn outdated(&self) {
        self.outdated.notified().await;
    }

    async fn leave(&self, nodes: &dyn Nodes) {
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

    /// For ever.
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
            let node = NewNode { name: self.name.clone(), version, process: self.process, before };
            match nodes.enter(node).await {
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
        let mut repaired_since = Instant::now();
        let mut is_trusted = false;
        self.repairer.want_everything(Cause::Lease);
        loop {
            let asked_at = Trust::now();
            let repaired_at = *repaired.borrow_and_update();
            let renewed = nodes.renew(node, self.by_storage(repaired_at)).await;
            if is_trusted && self.hub.trust().left().is_none() {
                // The lease may have been over for a moment, in which nobody waited for this node.
                repaired_since = Instant::now();
                is_trusted = false;
                self.repairer.want_everything(Cause::Lease);
            }
            let has_repaired = repaired_at.is_some_and(|begun| begun >= repaired_since);
            let pause = match renewed {
                Ok(leases) => {
                    self.renewed(node, asked_at, leases);
                    if has_repaired {
                        self.hub.trust().renew(asked_at, TRUSTED);
                        is_trusted = true;
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

    fn renewed(&self, node: NodeId, asked_at: i64, Leases { now, live, is_outdated }: Leases) {
        if is_outdated {
            self.outdated.notify_one();
        }
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

/// What a node does among the others.
pub(crate) struct Part {
    cluster: Arc<Cluster>,
    nodes: Arc<dyn Nodes>,
    lease: JoinHandle<()>,
    others: JoinSet<()>,
}

impl Part {
    fn new(cluster: Arc<Cluster>, nodes: Arc<dyn Nodes>, others: JoinSet<()>) -> Self {
        let (keeper, leases) = (Arc::clone(&cluster), Arc::clone(&nodes));
        let lease = tokio::spawn(async move { keeper.keep_lease(&*leases).await });
        Self { cluster, nodes, lease, others }
    }

    /// Gives the lease back, when everybody here was told to go elsewhere.
    pub(crate) async fn end(self) {
        let Self { cluster, nodes, lease, mut others } = self;
        // First: a renewal that is under way would let the node deliver again, or take another lease.
        lease.abort();
        _ = lease.await;
        cluster.leave(&*nodes).await;
        others.abort_all();
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

#[cfg(test)]
mod tests {
    use super::{Cluster, Part, State};
    use crate::adapters::DatabaseClock;
    use crate::gateway::protocols;
    use chinwag_core::domain::{Millis, NodeId, Refusal};
    use chinwag_core::ports::{Leases, NewNode, Nodes, StoreFuture};
    use chinwag_realtime::broker::{BusMetrics, RedisBroker, RedisBrokerSettings, Repair};
    use chinwag_realtime::{Heartbeat, Hub, HubSettings, Metrics, Repairer, Trust};
    use chinwag_wire::bus::JsonBusCodec;
    use futures_util::FutureExt as _;
    use futures_util::future::ready;
    use parking_lot::Mutex;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::sync::{Notify, mpsc, oneshot};
    use tokio::task::JoinSet;

    type Renewed = oneshot::Sender<Result<Leases, Refusal>>;

    /// A storage where the test answers renewals.
    struct Storage {
        renewals: mpsc::UnboundedSender<Renewed>,
        left: Mutex<Vec<NodeId>>,
    }

    impl Nodes for Storage {
        fn enter(&self, _node: NewNode) -> StoreFuture<NodeId> {
            ready(Ok(NodeId(1))).boxed()
        }

        fn leave(&self, node: NodeId) -> StoreFuture<()> {
            self.left.lock().push(node);
            ready(Ok(())).boxed()
        }

        fn leases(&self) -> StoreFuture<Leases> {
            panic!("nothing is settled here")
        }

        fn renew(&self, _node: NodeId, _repaired: Option<Millis>) -> StoreFuture<Leases> {
            let (answer, answered) = oneshot::channel();
            self.renewals.send(answer).unwrap();
            async { answered.await.unwrap() }.boxed()
        }
    }

    fn cluster() -> Cluster {
        let settings = HubSettings {
            heartbeat: Heartbeat { ping: Duration::from_secs(30), timeout: Duration::from_secs(60) },
            tick: Duration::from_millis(10),
            send_queue_total: 1 << 20,
            first_connection: 0,
        };
        let (clock, trust) = (Arc::new(DatabaseClock::default()), Trust::none_yet());
        let encoders = protocols::encoders(Vec::new());
        let hub = Hub::of_node(settings, encoders, Metrics::default(), (Arc::clone(&clock) as _, trust));
        let repairer = Repairer::new(Arc::clone(&hub), hub.metrics().clone());
        let settings = RedisBrokerSettings {
            url: "redis://127.0.0.1".parse().unwrap(),
            codec: Arc::new(JsonBusCodec),
            repair: Arc::clone(&repairer) as Arc<dyn Repair>,
            metrics: BusMetrics::default(),
        };
        let broker = RedisBroker::new(Arc::clone(&hub), settings);
        let (name, state) = ("a".to_owned(), Mutex::new(State::default()));
        Cluster { hub, broker, repairer, clock, name, process: 1, outdated: Notify::new(), state }
    }

    #[tokio::test]
    async fn a_renewal_under_way_is_given_up_before_the_lease_is_given_back() {
        let (renewals, mut renewed) = mpsc::unbounded_channel();
        let storage = Arc::new(Storage { renewals, left: Mutex::default() });
        let nodes = Arc::clone(&storage) as Arc<dyn Nodes>;
        let part = Part::new(Arc::new(cluster()), nodes, JoinSet::new());
        let answer = renewed.recv().await.unwrap();
        part.end().await;
        assert_eq!(*storage.left.lock(), [NodeId(1)]);
        assert!(answer.send(Err(Refusal::Unauthorized)).is_err(), "it waits for a renewal still");
    }
}
