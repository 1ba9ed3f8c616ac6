use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};

/// What the live side counts. Cloning shares the counters.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Open connections that were let in.
    pub connections: Gauge,
    /// Rooms with at least one subscriber.
    pub rooms: Gauge,
    /// Log events handed to rooms.
    pub events: Counter,
    /// Messages among them.
    pub messages: Counter,
    /// Log events handed to connections.
    pub deliveries: Counter,
    /// Memory that the send queues of all connections take.
    pub send_queue_bytes: Gauge,
    /// Times that ephemeral events were dropped for a slow connection.
    pub send_queue_drops: Counter,
    /// Connections closed because their send queue was full, or theirs was the longest when all together were too long.
    pub send_queue_closes: Counter,
    /// Connections closed for want of a sign of life.
    pub timeouts: Counter,
    /// Rooms resumed by replay.
    pub resumes: Counter,
    /// Rooms resumed by a fresh snapshot.
    pub resets: Counter,
    /// Times that something was missing between the events of a room.
    pub sequence_gaps: Counter,
    /// Events that were read from the log because their news did not come.
    pub sequence_filled: Counter,
    /// Seconds that something was missing between the events of a room.
    pub sequence_wait_seconds: Histogram,
    /// Times that a look found the log of a room to be longer than what had come of it.
    pub heads_behind: Counter,
    /// Seconds that a look took at what news may have been lost, by why it was taken.
    pub repair_seconds: Family<[(&'static str, &'static str); 1], Histogram>,
    /// Seconds from the time that another node gave the oldest event of a batch, just before its commit, until it was handed to all
    /// subscribers here. New members do not count here either.
    pub remote_delivery_seconds: Histogram,
    /// Seconds from the commit of a batch's oldest event until it was handed to all subscribers. New members are told of later on purpose,
    /// and do not count.
    pub delivery_seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            connections: Gauge::default(),
            rooms: Gauge::default(),
            events: Counter::default(),
            messages: Counter::default(),
            deliveries: Counter::default(),
            send_queue_bytes: Gauge::default(),
            send_queue_drops: Counter::default(),
            send_queue_closes: Counter::default(),
            timeouts: Counter::default(),
            resumes: Counter::default(),
            resets: Counter::default(),
            sequence_gaps: Counter::default(),
            sequence_filled: Counter::default(),
            sequence_wait_seconds: Histogram::new(exponential_buckets(0.000_05, 2.0, 16)),
            heads_behind: Counter::default(),
            repair_seconds: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_5, 2.0, 14))
            }),
            // Times are in milliseconds.
            remote_delivery_seconds: Histogram::new(exponential_buckets(0.001, 2.0, 14)),
            delivery_seconds: Histogram::new(exponential_buckets(0.000_05, 2.0, 16)),
        }
    }
}
