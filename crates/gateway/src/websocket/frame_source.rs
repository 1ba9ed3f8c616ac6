use super::linger::linger;
use super::reader::{FromText, Gone, Reader, ReceivedFrame};
use std::collections::VecDeque;
use std::task::{Context, Poll};

/// Where what a client says comes from.
pub trait FrameSource<T>: Send {
    /// Waits for something and appends what came to `received`. Nothing may have come but a sign of life.
    fn poll_frames(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<ReceivedFrame<T>>,
    ) -> Poll<Result<(), Gone>>;

    /// Closes the connection in order, after the last frame was written.
    fn linger(&mut self) -> impl Future<Output = ()> + Send;
}

impl<T: FromText> FrameSource<T> for Reader {
    fn poll_frames(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<ReceivedFrame<T>>,
    ) -> Poll<Result<(), Gone>> {
        self.poll_read(context, received)
    }

    async fn linger(&mut self) {
        linger(self).await;
    }
}
