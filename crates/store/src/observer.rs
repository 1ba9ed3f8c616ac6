use std::time::Duration;

/// Watches the commits, for metrics. `()` watches nothing.
pub trait CommitObserver: Send + Sync {
    /// A transaction that carried `writes` writes is durable; `duration` is from its begin to the end of its commit.
    ///
    /// Called on the writer's thread before anybody is answered, so it must not block.
    fn committed(&self, writes: usize, duration: Duration);
}

impl CommitObserver for () {
    fn committed(&self, _writes: usize, _duration: Duration) {}
}
