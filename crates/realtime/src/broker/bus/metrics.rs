use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};

/// What the bus counts. Cloning shares the counters.
#[derive(Clone, Debug)]
pub struct BusMetrics {
    /// 1 while this node hears itself and Redis takes what it tells.
    pub up: Gauge,
    /// Messages that this node told.
    pub messages: Counter,
    /// Publications in them.
    pub publications: Counter,
    /// Publications that this node could not tell: too many waited, or Redis did not answer.
    pub dropped: Counter,
    /// Messages of other nodes.
    pub heard: Counter,
    /// Messages of other nodes that did not come, by the jumps in their numbers.
    pub lost: Counter,
    /// Messages that could not be read.
    pub unreadable: Counter,
    /// Subscriptions that were made.
    pub subscriptions: Counter,
    /// Seconds that an end took from its commit until every node had applied it.
    pub settled_seconds: Histogram,
}

impl Default for BusMetrics {
    fn default() -> Self {
        Self {
            up: Gauge::default(),
            messages: Counter::default(),
            publications: Counter::default(),
            dropped: Counter::default(),
            heard: Counter::default(),
            lost: Counter::default(),
            unreadable: Counter::default(),
            subscriptions: Counter::default(),
            settled_seconds: Histogram::new(exponential_buckets(0.000_25, 2.0, 17)),
        }
    }
}
