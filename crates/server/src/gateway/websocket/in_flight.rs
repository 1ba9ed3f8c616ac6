use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use std::task::{Context, Poll};

/// Messages of one connection that may be on their way to the storage.
const MOST: usize = 64;

/// What a connection has on its way to the storage; `T` is what becomes of each. Takes no memory while there is nothing.
pub(crate) struct InFlight<T> {
    futures: Option<FuturesUnordered<BoxFuture<'static, T>>>,
}

impl<T> InFlight<T> {
    pub(crate) fn new() -> Self {
        Self { futures: None }
    }

    pub(crate) fn push(&mut self, future: impl Future<Output = T> + Send + 'static) {
        self.futures.get_or_insert_default().push(future.boxed());
    }

    /// Whether something has to come back before more may be sent.
    pub(crate) fn is_full(&self) -> bool {
        self.futures.as_ref().is_some_and(|futures| futures.len() >= MOST)
    }

    /// The next one that comes back; pending while nothing is on its way.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<T> {
        match self.futures.as_mut().map(|futures| futures.poll_next_unpin(context)) {
            Some(Poll::Ready(Some(back))) => Poll::Ready(self.taken(back)),
            Some(Poll::Ready(None) | Poll::Pending) | None => Poll::Pending,
        }
    }

    /// The next one that comes back; `None` when nothing is on its way.
    pub(crate) async fn next(&mut self) -> Option<T> {
        let back = self.futures.as_mut()?.next().await?;
        Some(self.taken(back))
    }

    /// Those that are back already.
    pub(crate) fn ready(&mut self) -> impl Iterator<Item = T> {
        std::iter::from_fn(|| self.next().now_or_never().flatten())
    }

    fn taken(&mut self, back: T) -> T {
        if self.futures.as_ref().is_some_and(FuturesUnordered::is_empty) {
            self.futures = None;
        }
        back
    }
}
