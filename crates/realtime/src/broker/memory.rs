use crate::Hub;
use chinwag_core::ports::{Broker, Change};
use std::sync::Arc;

/// The broker of a single node: changes go straight to its hub.
pub struct MemoryBroker {
    hub: Arc<Hub>,
}

impl MemoryBroker {
    /// A broker that feeds `hub`.
    #[must_use]
    pub fn new(hub: Arc<Hub>) -> Self {
        Self { hub }
    }
}

impl Broker for MemoryBroker {
    fn publish(&self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Event(event) => self.hub.event(event),
                Change::Renamed { user, name } => self.hub.renamed(user, &name),
                Change::Notice(notice) => self.hub.notices.note(notice),
            }
        }
    }
}
