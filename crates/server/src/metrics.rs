//! What `/metrics` tells, in the OpenMetrics text format.

use crate::cluster::Cluster;
use crate::cluster_metrics::ClusterMetrics;
use crate::commit_metrics::CommitMetrics;
use chinwag_realtime::Metrics;
use chinwag_realtime::broker::BusMetrics;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use std::sync::Arc;

/// All metrics of the server.
pub(crate) struct ServerMetrics {
    registry: Registry,
    pub(crate) live: Metrics,
    pub(crate) commits: CommitMetrics,
    pub(crate) bus: BusMetrics,
}

impl ServerMetrics {
    pub(crate) fn new() -> Self {
        let live = Metrics::default();
        let commits = CommitMetrics::default();
        let mut registry = Registry::with_prefix("chinwag");
        registry.register("connections", "Open connections that were let in", live.connections.clone());
        registry.register("rooms", "Rooms with at least one subscriber", live.rooms.clone());
        registry.register("events", "Log events (messages, joins, ...) handed to rooms", live.events.clone());
        registry.register("messages", "Messages handed to rooms", live.messages.clone());
        registry.register("deliveries", "Log events handed to connections", live.deliveries.clone());
        registry.register(
            "send_queue_bytes",
            "Memory that waits for slow readers, of all connections together",
            live.send_queue_bytes.clone(),
        );
        registry.register(
            "send_queue_drops",
            "Ephemeral events dropped for slow readers",
            live.send_queue_drops.clone(),
        );
        registry.register(
            "send_queue_closes",
            "Connections closed for reading too slowly",
            live.send_queue_closes.clone(),
        );
        registry.register("timeouts", "Connections closed for their silence", live.timeouts.clone());
        registry.register("resumes", "Rooms resumed by replay", live.resumes.clone());
        registry.register("resets", "Rooms resumed by a fresh snapshot", live.resets.clone());
        registry.register(
            "sequence_gaps",
            "Times that something was missing between the events of a room",
            live.sequence_gaps.clone(),
        );
        registry.register(
            "sequence_filled",
            "Events read from the log because their news did not come",
            live.sequence_filled.clone(),
        );
        commits.register(&mut registry);
        registry.register(
            "delivery_seconds",
            "From a commit until its events were handed to all subscribers of a room",
            live.delivery_seconds.clone(),
        );
        Self { registry, live, commits, bus: BusMetrics::default() }
    }

    /// Tells of PostgreSQL, too, where it is the storage.
    pub(crate) fn tell_of_postgres(&mut self) {
        self.commits.register_postgres(&mut self.registry);
    }

    /// Tells of the other nodes, too, of which a server has none that does not share its database.
    pub(crate) fn tell_of_nodes(&mut self, cluster: Arc<Cluster>) {
        let (registry, bus) = (&mut self.registry, &self.bus);
        registry.register("bus_up", "1 while this node hears itself over Redis", bus.up.clone());
        registry.register("bus_messages", "Messages that this node told the others", bus.messages.clone());
        registry.register("bus_publications", "Publications in them", bus.publications.clone());
        registry.register("bus_heard", "Messages of other nodes", bus.heard.clone());
        registry.register(
            "bus_dropped",
            "Publications that could not be told: too many waited, or Redis did not answer",
            bus.dropped.clone(),
        );
        registry.register("bus_lost", "Messages of other nodes that did not come", bus.lost.clone());
        registry.register(
            "bus_unreadable",
            "Messages on the channel that could not be read",
            bus.unreadable.clone(),
        );
        registry.register("bus_subscriptions", "Subscriptions that were made", bus.subscriptions.clone());
        registry.register(
            "settled_seconds",
            "From the commit of a leave, a deletion or a sign-out until every node had applied it",
            bus.settled_seconds.clone(),
        );
        let live = &self.live;
        registry.register(
            "remote_delivery_seconds",
            "From the time that another node gave an event, just before its commit, until it was handed to all subscribers of a room here",
            live.remote_delivery_seconds.clone(),
        );
        registry.register(
            "sequence_wait_seconds",
            "How long something was missing between the events of a room",
            live.sequence_wait_seconds.clone(),
        );
        registry.register(
            "heads_behind",
            "Times that a repair found the log of a room to be longer than what had come of it",
            live.heads_behind.clone(),
        );
        registry.register(
            "repair_seconds",
            "How long it took to look up in the database what lost news may have said, by why it was looked up",
            live.repair_seconds.clone(),
        );
        registry.register_collector(Box::new(ClusterMetrics(cluster)));
    }

    /// The metrics as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
