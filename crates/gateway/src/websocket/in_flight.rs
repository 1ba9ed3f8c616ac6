use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use std::future::poll_fn;
use std::task::{Context, Poll};

/// Messages of one connection that may be on their way to the storage.
const MOST: usize = 64;

/// What a connection has on its way to the storage; `T` is what becomes of each. Takes no memory while there is nothing.
pub struct InFlight<T> {
    futures: Option<FuturesUnordered<BoxFuture<'static, T>>>,
}

impl<T> Default for InFlight<T> {
    fn default() -> Self {
        Self { futures: None }
    }
}

impl<T> InFlight<T> {
    /// Adds something that was handed to the storage.
    pub fn push(&mut self, future: impl Future<Output = T> + Send + 'static) {
        self.futures.get_or_insert_default().push(future.boxed());
    }

    /// Whether something has to come back before more may be sent.
    pub fn is_full(&self) -> bool {
        self.futures.as_ref().is_some_and(|futures| futures.len() >= MOST)
    }

    /// All that are back, as soon as there is one: a commit of many messages costs one write to the client. Pending while
    /// nothing is on its way.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Vec<T>> {
        let Some(futures) = &mut self.futures else { return Poll::Pending };
        let mut back = Vec::new();
        while let Poll::Ready(Some(one)) = futures.poll_next_unpin(context) {
            back.push(one);
        }
        if futures.is_empty() {
            self.futures = None;
        }
        if back.is_empty() { Poll::Pending } else { Poll::Ready(back) }
    }

    /// All that are back, as soon as there is one; `None` when nothing is on its way.
    pub async fn next(&mut self) -> Option<Vec<T>> {
        self.futures.as_ref()?;
        Some(poll_fn(|context| self.poll_next(context)).await)
    }
}
