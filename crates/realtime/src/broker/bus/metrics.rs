use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;

/// What the bus counts. Cloning shares the counters.
#[derive(Clone, Debug, Default)]
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
}
