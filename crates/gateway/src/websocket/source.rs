use super::ending::bid_farewell;
use super::reader::{FromText, Gone, Reader, Received};
use std::collections::VecDeque;
use std::task::{Context, Poll};

/// Where what a client says comes from.
pub(crate) trait Source<T>: Send {
    /// Waits for something and appends what came to `received`. Nothing may have come but a sign of life.
    fn poll_hear(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<Received<T>>,
    ) -> Poll<Result<(), Gone>>;

    /// Lets the client go, to whom the last frame was written.
    fn bid_farewell(&mut self) -> impl Future<Output = ()> + Send;
}

impl<T: FromText> Source<T> for Reader {
    fn poll_hear(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<Received<T>>,
    ) -> Poll<Result<(), Gone>> {
        self.poll_read(context, received)
    }

    async fn bid_farewell(&mut self) {
        bid_farewell(self).await;
    }
}
