use super::{PresenceNews, Publication, Settling};
use crate::domain::NodeId;

/// What one node tells the others at once. It is a hint: what matters of it can be read from the storage when it gets lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusMessage {
    /// Who tells it.
    pub node: NodeId,
    /// Counts the messages of this node, without gaps.
    pub number: u64,
    /// Whether something that was to be told before this message may not have been.
    pub after_loss: bool,
    /// What was committed there, each room's events in the order of `seq`; nothing in a beat.
    pub publications: Vec<Publication>,
    /// Of the people who are connected there, in the order in which it came about.
    pub presence: Vec<PresenceNews>,
    /// What it asks the others to answer to.
    pub marks: Vec<BusMark>,
    /// What it answers to others.
    pub answers: Vec<BusAnswer>,
}

/// A question to all other nodes: to be answered by each when it has applied something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusMark {
    /// Its number among the marks of the node that asks.
    pub id: u64,
    /// What is to be applied.
    pub what: Settling,
}

/// That something is applied at the node that tells this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BusAnswer {
    /// Who asked.
    pub to: NodeId,
    /// The number of the mark.
    pub id: u64,
}

/// Knows the format in which nodes talk to each other. Nodes of two versions read each other: what one does not know it leaves out.
pub trait BusCodec: Send + Sync {
    /// Appends a message to `out`.
    fn encode(&self, message: &BusMessage, out: &mut Vec<u8>);

    /// Reads what a node wrote. `None` for what is no message. One of which a part is not understood is
    /// [`after_loss`](BusMessage::after_loss): what is left out is lost to this node.
    fn decode(&self, bytes: &[u8]) -> Option<BusMessage>;
}
