use super::Receiver;
use chinwag_core::ports::{Broker, Publication, Settling, StoreFuture};
use futures_util::FutureExt as _;
use std::sync::Arc;

/// The broker of a single node: publications go straight to its hub.
pub struct MemoryBroker {
    receiver: Arc<dyn Receiver>,
}

impl MemoryBroker {
    /// A broker that feeds `receiver`, the hub.
    #[must_use]
    pub fn new(receiver: Arc<impl Receiver + 'static>) -> Self {
        Self { receiver }
    }
}

impl Broker for MemoryBroker {
    fn publish(&self, publications: Vec<Publication>) {
        for publication in publications {
            self.receiver.receive(publication);
        }
    }

    fn settled(&self, what: Settling) -> StoreFuture<()> {
        self.receiver.applied(what).map(Ok).boxed()
    }
}
