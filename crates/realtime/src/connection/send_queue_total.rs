use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::Notify;

/// The memory that the send queues of all connections take together, and its ceiling.
pub(crate) struct SendQueueTotal {
    /// Counted where it is shown, since both are one atomic number.
    bytes: Gauge,
    ceiling: i64,
    /// Tells whoever sees to it that the ceiling was passed.
    exceeded: Notify,
}

impl SendQueueTotal {
    /// Nothing yet; `bytes` shows how much.
    pub(crate) fn new(bytes: Gauge, ceiling: usize) -> Self {
        Self { bytes, ceiling: signed(ceiling), exceeded: Notify::new() }
    }

    pub(super) fn add(&self, bytes: usize) {
        let bytes = signed(bytes);
        if self.bytes.inc_by(bytes) + bytes > self.ceiling {
            self.exceeded.notify_one();
        }
    }

    pub(super) fn subtract(&self, bytes: usize) {
        self.bytes.dec_by(signed(bytes));
    }

    /// Whether so much waits that nothing more may, though nobody had the time to close the slowest.
    pub(super) fn is_overflowing(&self) -> bool {
        self.bytes.get() > self.ceiling.saturating_add(self.ceiling / 4)
    }

    /// Whether there is no room again: a part of the ceiling is left free, so that the next bytes do not pass it at once.
    pub(super) fn is_crowded(&self) -> bool {
        self.bytes.get() > self.ceiling - self.ceiling / 8
    }

    /// Resolves when the ceiling was passed since this was asked last.
    pub(super) async fn exceeded(&self) {
        self.exceeded.notified().await;
    }
}

fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
