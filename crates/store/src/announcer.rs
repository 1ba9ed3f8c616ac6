use crate::{CommitObserver, Worker};
use chinwag_core::ports::{Broker, Publication};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// Tells of commits: after them, and before anybody is answered.
#[derive(Clone)]
pub(crate) struct Announcer {
    /// Where the publications of a commit go.
    pub(crate) broker: Arc<dyn Broker>,
    /// Who watches.
    pub(crate) observer: Arc<dyn CommitObserver>,
}

impl Announcer {
    /// Tells of a transaction of so many writes that took so long.
    pub(crate) fn committed(&self, writes: usize, duration: Duration, publications: Vec<Publication>) {
        self.guarded(|| {
            self.observer.committed(writes, duration);
            self.publish(publications);
        });
    }

    /// The same of a thread on PostgreSQL.
    pub(crate) fn committed_by(
        &self,
        worker: Worker,
        (writes, duration): (usize, Duration),
        publications: Vec<Publication>,
    ) {
        self.guarded(|| {
            self.observer.committed_by(worker, writes, duration);
            self.publish(publications);
        });
    }

    /// Tells what was committed before and not told.
    pub(crate) fn late(&self, publications: Vec<Publication>) {
        self.guarded(|| self.publish(publications));
    }

    fn publish(&self, publications: Vec<Publication>) {
        if !publications.is_empty() {
            self.broker.publish(publications);
        }
    }

    /// What is committed is acked, whatever becomes of its publication: clients find it in the log.
    fn guarded(&self, announce: impl FnOnce()) {
        if catch_unwind(AssertUnwindSafe(announce)).is_err() {
            tracing::error!("the observer or the broker panicked; committed changes may not be published");
        }
    }
}
