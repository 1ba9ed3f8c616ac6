use std::time::Duration;

/// Watches the commits, for metrics. `()` watches nothing.
pub trait CommitObserver: Send + Sync {
    /// A transaction that carried `writes` writes is durable; `duration` is from its begin to the end of its commit.
    ///
    /// Called on the writer's thread before anybody is answered, so it must not block.
    fn committed(&self, writes: usize, duration: Duration);

    /// The same, from PostgreSQL, with who it was. Leases are no writes of anybody.
    fn committed_by(&self, worker: Worker, writes: usize, duration: Duration) {
        if worker != Worker::Leases {
            self.committed(writes, duration);
        }
    }

    /// Something on PostgreSQL has to be done again, because of an error with this code (`SQLSTATE`, or a word where there was none).
    fn runs_again(&self, _worker: Worker, _code: &str) {}

    /// Something waited so long for a thread to take it.
    fn waited(&self, _worker: Worker, _wait: Duration) {}
}

impl CommitObserver for () {
    fn committed(&self, _writes: usize, _duration: Duration) {}
}

/// Who carries out what is asked of PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worker {
    /// The lane of the messages of half of the rooms.
    Messages,
    /// The lane of the messages of the other half.
    OtherMessages,
    /// The lane of read markers, and of who is here.
    Notes,
    /// What writes everything that is written seldom.
    Writes,
    /// What keeps the leases.
    Leases,
    /// What reads.
    Reads,
}

impl Worker {
    /// What it is called in metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages-0",
            Self::OtherMessages => "messages-1",
            Self::Notes => "notes",
            Self::Writes => "writes",
            Self::Leases => "leases",
            Self::Reads => "reads",
        }
    }
}
