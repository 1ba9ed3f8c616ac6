use super::Link;
use chinwag_core::domain::{NodeId, Refusal};
use chinwag_core::ports::{BusMark, LiveNode, Nodes, Settling};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// From one question to the others to the same once more: it, or an answer, may be lost.
const AGAIN: Duration = Duration::from_millis(250);

/// What was asked of the other nodes, and who has answered.
#[derive(Default)]
pub(super) struct Questions {
    last: AtomicU64,
    open: Mutex<HashMap<u64, watch::Sender<HashSet<NodeId>>>>,
}

/// One question, until it is dropped.
struct Question<'a> {
    mark: BusMark,
    answered: watch::Receiver<HashSet<NodeId>>,
    questions: &'a Questions,
}

impl Questions {
    fn ask(&self, what: Settling) -> Question<'_> {
        let id = self.last.fetch_add(1, Ordering::Relaxed);
        let (sender, answered) = watch::channel(HashSet::new());
        self.open.lock().insert(id, sender);
        Question { mark: BusMark { id, what }, answered, questions: self }
    }

    /// Notes an answer; one that nobody waits for any more is left aside.
    pub(super) fn answered(&self, id: u64, by: NodeId) {
        if let Some(question) = self.open.lock().get(&id) {
            question.send_modify(|answered| _ = answered.insert(by));
        }
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        self.questions.open.lock().remove(&self.mark.id);
    }
}

/// Waits until each other node has applied this: has said so, or has looked up everything since, or has no lease any more.
///
/// # Errors
/// [`Refusal::Unavailable`] when the storage does not say who has a lease.
pub(crate) async fn settle_elsewhere(link: &Link, nodes: &dyn Nodes, what: Settling) -> Result<(), Refusal> {
    let mut question = link.questions.ask(what);
    let mut leases = link.looks.look(nodes).await?;
    // What is to be applied was committed before that.
    let since = leases.now;
    loop {
        let own = *link.node.borrow();
        let is_open = |node: &&LiveNode| Some(node.id) != own && node.repaired_at.is_none_or(|at| at < since);
        let open: HashSet<_> = leases.live.iter().filter(is_open).map(|node| node.id).collect();
        let is_answered = |answered: &HashSet<NodeId>| open.is_subset(answered);
        if is_answered(&question.answered.borrow()) {
            return Ok(());
        }
        link.outbox.ask(question.mark);
        _ = tokio::time::timeout(AGAIN, question.answered.wait_for(is_answered)).await;
        // Looked at again each time: what one had to apply who has no lease any more, nobody hears.
        leases = link.looks.look(nodes).await?;
    }
}
