use super::Settling;
use crate::domain::NodeId;

/// Asks all other nodes to answer when something is applied there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The asking node's number for it.
    pub id: u64,
    /// What is to be applied.
    pub what: Settling,
}

/// That a node has applied a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkAnswer {
    /// The node that asked.
    pub asked_by: NodeId,
    /// Its number for the mark.
    pub id: u64,
}
