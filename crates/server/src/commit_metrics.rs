use chinwag_store::{CommitObserver, Worker};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// What is told of the commits, and of who carries them out. Cloning shares the numbers.
#[derive(Clone)]
pub(crate) struct CommitMetrics {
    batch: Histogram,
    seconds: Histogram,
    lane_batch: Family<[(&'static str, &'static str); 1], Histogram>,
    lane_seconds: Family<[(&'static str, &'static str); 1], Histogram>,
    retries: Family<[(&'static str, String); 2], Counter>,
    pool_wait: Family<[(&'static str, &'static str); 1], Histogram>,
}

impl Default for CommitMetrics {
    fn default() -> Self {
        Self {
            batch: writes(),
            seconds: seconds(),
            lane_batch: Family::new_with_constructor(writes),
            lane_seconds: Family::new_with_constructor(seconds),
            retries: Family::default(),
            pool_wait: Family::new_with_constructor(seconds),
        }
    }
}

fn writes() -> Histogram {
    Histogram::new(exponential_buckets(1.0, 2.0, 11))
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_05, 2.0, 18))
}

impl CommitMetrics {
    /// What every storage tells.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register("commit_batch_writes", "Writes of a transaction", self.batch.clone());
        registry.register(
            "commit_seconds",
            "From the begin to the end of a transaction",
            self.seconds.clone(),
        );
    }

    /// What only PostgreSQL tells.
    pub(crate) fn register_postgres(&self, registry: &mut Registry) {
        registry.register(
            "lane_batch_writes",
            "Writes that a lane carried out with one statement",
            self.lane_batch.clone(),
        );
        registry.register(
            "lane_seconds",
            "From the begin of a lane's batch to the end of its commit",
            self.lane_seconds.clone(),
        );
        registry.register(
            "write_retries",
            "Times that something was written again because of an error, by its code",
            self.retries.clone(),
        );
        registry.register(
            "pool_wait_seconds",
            "How long reads, rare writes and leases waited for a session with the database",
            self.pool_wait.clone(),
        );
    }
}

impl CommitObserver for CommitMetrics {
    fn committed(&self, writes: usize, duration: Duration) {
        self.batch.observe(writes as f64);
        self.seconds.observe(duration.as_secs_f64());
    }

    fn committed_by(&self, worker: Worker, writes: usize, duration: Duration) {
        match worker {
            Worker::Messages | Worker::OtherMessages | Worker::Notes => {
                let lane = [("lane", worker.name())];
                self.lane_batch.get_or_create(&lane).observe(writes as f64);
                self.lane_seconds.get_or_create(&lane).observe(duration.as_secs_f64());
                self.committed(writes, duration);
            }
            Worker::Writes => self.committed(writes, duration),
            // It is nobody's write.
            Worker::Leases | Worker::Reads => {}
        }
    }

    fn runs_again(&self, worker: Worker, code: &str) {
        let labels = [("worker", worker.name().to_owned()), ("code", code.to_owned())];
        self.retries.get_or_create(&labels).inc();
    }

    fn waited(&self, worker: Worker, wait: Duration) {
        self.pool_wait.get_or_create(&[("pool", worker.name())]).observe(wait.as_secs_f64());
    }
}
