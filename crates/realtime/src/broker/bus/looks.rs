use chinwag_core::domain::Refusal;
use chinwag_core::ports::{Leases, Nodes};
use parking_lot::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;

/// Looks at who has a lease, one at a time: whoever came before one began takes its answer. However many want to know, the storage, which
/// renews the leases of this node meanwhile, is asked no more often than it answers.
pub(super) struct Looks {
    turn: Semaphore,
    begun: AtomicU64,
    last: Mutex<Option<Look>>,
}

struct Look {
    number: u64,
    answer: Result<Leases, Refusal>,
}

impl Default for Looks {
    fn default() -> Self {
        Self { turn: Semaphore::new(1), begun: AtomicU64::new(0), last: Mutex::default() }
    }
}

impl Looks {
    /// Who has a lease, at a moment not before now.
    pub(super) async fn look(&self, nodes: &dyn Nodes) -> Result<Leases, Refusal> {
        let begun_before = self.begun.load(Ordering::SeqCst);
        let _turn = self.turn.acquire().await.map_err(|_| Refusal::Unavailable)?;
        if let Some(last) = &*self.last.lock()
            && last.number > begun_before
        {
            return last.answer.clone();
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let answer = nodes.leases().await;
        *self.last.lock() = Some(Look { number, answer: answer.clone() });
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::Looks;
    use chinwag_core::domain::{Millis, NodeId, Refusal};
    use chinwag_core::ports::{Leases, NewNode, Nodes, StoreFuture};
    use futures_util::FutureExt as _;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicI64, Ordering};
    use tokio::sync::watch;

    /// A storage that answers while it is open.
    #[derive(Default)]
    struct Storage {
        asked: AtomicI64,
        is_open: watch::Sender<bool>,
    }

    impl Nodes for Storage {
        fn enter(&self, node: NewNode) -> StoreFuture<NodeId> {
            panic!("nobody takes a lease for {node:?}")
        }

        fn leave(&self, node: NodeId) -> StoreFuture<()> {
            panic!("nobody gives back the lease of {node}")
        }

        fn leases(&self) -> StoreFuture<Leases> {
            let now = Millis(self.asked.fetch_add(1, Ordering::SeqCst) + 1);
            let mut is_open = self.is_open.subscribe();
            async move {
                is_open.wait_for(|open| *open).await.map_err(|_| Refusal::Unavailable)?;
                Ok(Leases { now, live: Vec::new(), is_outdated: false })
            }
            .boxed()
        }

        fn renew(&self, node: NodeId, _repaired: Option<Millis>) -> StoreFuture<Leases> {
            panic!("nobody prolongs the lease of {node}")
        }
    }

    #[tokio::test]
    async fn whoever_came_before_a_look_began_takes_its_answer() {
        let (looks, storage) = (Looks::default(), Storage::default());
        let looking: Vec<_> = (0..300).map(|_| looks.look(&storage).boxed().shared()).collect();
        for look in &looking {
            assert_eq!(look.clone().now_or_never(), None);
        }
        storage.is_open.send_replace(true);
        let moments: Vec<_> =
            join_all(looking).await.into_iter().map(|leases| leases.unwrap().now.0).collect();
        assert_eq!(moments[0], 1);
        assert!(
            moments[1..].iter().all(|moment| *moment == 2),
            "not that of a look that had begun: {moments:?}"
        );
        assert_eq!(looks.look(&storage).await.unwrap().now, Millis(3));
    }

    #[tokio::test]
    async fn a_look_that_is_given_up_is_begun_again_by_the_next() {
        let (looks, storage) = (Looks::default(), Storage::default());
        let mut first = looks.look(&storage).boxed();
        let mut second = looks.look(&storage).boxed();
        assert_eq!((&mut first).now_or_never(), None);
        assert_eq!((&mut second).now_or_never(), None);
        drop(first);
        storage.is_open.send_replace(true);
        assert_eq!(second.await.unwrap().now, Millis(2));
    }
}
