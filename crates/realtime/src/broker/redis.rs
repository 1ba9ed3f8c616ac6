use super::bus::{
    BusHealth, BusMetrics, Link, Namespace, RedisUrl, Repair, publish, settle_elsewhere, subscribe,
    tell_people, watch_over,
};
use super::{MemoryBroker, NodeReceiver};
use chinwag_core::domain::{NodeId, Refusal};
use chinwag_core::ports::{Broker, BusCodec, Nodes, Publication, Settling, StoreFuture};
use futures_util::FutureExt as _;
use std::sync::{Arc, OnceLock};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The broker of several nodes. This node's own publications go straight to its hub, as with [`MemoryBroker`]; the others hear of them over Redis
/// or Valkey.
pub struct RedisBroker {
    here: MemoryBroker,
    link: Arc<Link>,
    /// Who has a lease. The storage says so, which publishes to the broker and so comes after it.
    nodes: OnceLock<Arc<dyn Nodes>>,
}

/// What a [`RedisBroker`] is made of.
pub struct RedisBrokerSettings {
    /// Where Redis is.
    pub url: RedisUrl,
    /// In which format the nodes talk.
    pub codec: Arc<dyn BusCodec>,
    /// Who asks the storage when news were lost.
    pub repair: Arc<dyn Repair>,
    /// Where is counted what happens.
    pub metrics: BusMetrics,
}

impl RedisBroker {
    /// A broker that feeds `receiver`, the hub. It connects in [`run`](Self::run), and tells nothing before it knows its own
    /// [lease](Self::set_leases).
    #[must_use]
    pub fn new<R: NodeReceiver + 'static>(receiver: Arc<R>, settings: RedisBrokerSettings) -> Arc<Self> {
        let RedisBrokerSettings { url, codec, repair, metrics } = settings;
        // For `rediss://`. Another choice that the process made before is as good.
        _ = rustls::crypto::ring::default_provider().install_default();
        let here = MemoryBroker::new(Arc::clone(&receiver));
        let link = Link::new(url, codec, (receiver, repair), metrics);
        Arc::new(Self { here, link: Arc::new(link), nodes: OnceLock::new() })
    }

    /// Talks to the other nodes of a namespace, for ever; `nodes` says which of them have a lease.
    pub async fn run(self: Arc<Self>, namespace: Namespace, nodes: Arc<dyn Nodes>) {
        _ = self.nodes.set(nodes);
        let channel = namespace.channel();
        let mut tasks = JoinSet::new();
        tasks.spawn(publish(Arc::clone(&self.link), Arc::clone(&channel)));
        tasks.spawn(subscribe(Arc::clone(&self.link), channel));
        tasks.spawn(tell_people(Arc::clone(&self.link)));
        tasks.spawn(watch_over(Arc::clone(&self.link)));
        while tasks.join_next().await.is_some() {}
    }

    /// Notes the number of this node, and all that have a lease. To be told with every renewal.
    pub fn set_leases(&self, own: NodeId, leases: &[NodeId]) {
        self.link.set_leases(own, leases);
    }

    /// What is known of the bus.
    #[must_use]
    pub fn health(&self) -> BusHealth {
        self.link.health()
    }
}

impl Broker for RedisBroker {
    fn publish(&self, publications: Vec<Publication>) {
        self.link.put(&publications);
        self.here.publish(publications);
    }

    fn settled(&self, what: Settling) -> StoreFuture<()> {
        let (here, begun) = (self.here.settled(what), Instant::now());
        let (link, nodes) = (Arc::clone(&self.link), self.nodes.get().cloned());
        async move {
            here.await?;
            let nodes = nodes.ok_or(Refusal::Unavailable)?;
            settle_elsewhere(&link, &*nodes, what).await?;
            link.metrics().settled_seconds.observe(begun.elapsed().as_secs_f64());
            Ok(())
        }
        .boxed()
    }
}
