use super::Publication;

/// Carries committed changes to the live connections of all nodes, this one included.
pub trait Broker: Send + Sync {
    /// Takes the publications of one commit, in the order of the writes (so each room's events in the order of `seq`).
    ///
    /// Called by the storage's writer right after the commit and before any of the writers' futures resolve, so nothing is
    /// lost with a future that nobody polls. It must not block: the next commit waits for it.
    fn publish(&self, publications: Vec<Publication>);
}
