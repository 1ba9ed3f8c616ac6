use super::connection::Connection;
use crate::sql::{DatabaseError, Failure, Transaction};
use chinwag_core::domain::{Millis, Refusal};
use chinwag_core::ports::{Publication, StoreFuture};
use futures_channel::oneshot;
use std::time::Instant;

/// Something that is done for many at once: one statement, which is a transaction of its own. So none is open while the network is waited for.
pub(super) trait Batched: Sized + Send + 'static {
    type Answer: Send + 'static;
    /// What has to be known of those that are in a batch already.
    type Company: Default;

    /// What it is called in the log.
    const NAME: &'static str;

    /// Whether it may be in one batch with those before it.
    fn joins(&self, company: &mut Self::Company) -> bool;

    /// Carries a batch out.
    fn carry_out(
        connection: &Connection,
        batch: &[Self],
        now: Millis,
    ) -> Result<Carried<Self::Answer>, DatabaseError>;

    /// What it told, if it was committed, as far as the database can tell.
    fn told(&self, sql: &dyn Transaction) -> Result<Option<Publication>, Failure>;
}

/// What became of a batch.
pub(super) struct Carried<T> {
    /// For each, in their order.
    pub(super) results: Vec<Result<T, Refusal>>,
    /// What all of them tell, in the order of the writes.
    pub(super) publications: Vec<Publication>,
}

impl<T> Carried<T> {
    pub(super) fn with_capacity(size: usize) -> Self {
        Self { results: Vec::with_capacity(size), publications: Vec::with_capacity(size) }
    }
}

/// Who waits for one of a batch, and since when.
pub(super) struct Waiting<T> {
    pub(super) since: Instant,
    /// Dropped, it reads as [`Refusal::Unavailable`].
    sender: oneshot::Sender<Result<T, Refusal>>,
}

impl<T: Send + 'static> Waiting<T> {
    pub(super) fn new() -> (Self, StoreFuture<T>) {
        let (sender, receiver) = oneshot::channel();
        (Self { since: Instant::now(), sender }, crate::write::receiving(receiver))
    }

    pub(super) fn answer(self, result: Result<T, Refusal>) {
        // Nobody may be waiting any more; the write stands all the same.
        let _ = self.sender.send(result);
    }
}
