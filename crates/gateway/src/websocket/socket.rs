use chinwag_core::ports::{CloseReason, Socket};
use chinwag_wire::websocket;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rustix::io::Errno;
use rustix::net::{SendFlags, send};
use std::io;
use std::marker::PhantomData;
use std::sync::Arc;
use tokio::net::TcpStream;

/// The writing side of a WebSocket on a TCP stream, with the close codes of `F`. The stream is shared with the
/// reader.
pub struct WebSocket<F> {
    stream: Arc<TcpStream>,
    codes: PhantomData<F>,
}

/// How a protocol tells its clients why the server ends a connection.
pub trait CloseCode: Send + Sync {
    /// The status code and the reason of the close frame.
    fn close_code(reason: CloseReason) -> (u16, &'static str);
}

/// The finished close frame for `reason`.
pub(super) fn close_frame<F: CloseCode>(reason: CloseReason) -> Vec<u8> {
    let (code, text) = F::close_code(reason);
    let mut frame = Vec::new();
    websocket::write_close(&mut frame, code, text);
    frame
}

impl<F: CloseCode> WebSocket<F> {
    /// Writes to `stream`.
    #[must_use]
    pub fn new(stream: &Arc<TcpStream>) -> Self {
        Self { stream: Arc::clone(stream), codes: PhantomData }
    }
}

impl<F: CloseCode> Socket for WebSocket<F> {
    fn try_write(&self, frames: &[u8]) -> io::Result<usize> {
        // Straight to the socket: what the runtime knows of its readiness is needed only when it is full, and asking costs each
        // delivery a visit to another place of the memory.
        match send(&self.stream, frames, SendFlags::DONTWAIT | SendFlags::NOSIGNAL) {
            Err(Errno::AGAIN | Errno::INTR) => self.stream.try_write(frames),
            written => Ok(written?),
        }
    }

    fn writable(&self) -> BoxFuture<'_, io::Result<()>> {
        self.stream.writable().boxed()
    }

    fn frame_end(&self, frames: &[u8], written: usize) -> usize {
        websocket::frame_end(frames, written)
    }

    fn close_frame(&self, reason: CloseReason) -> Vec<u8> {
        close_frame::<F>(reason)
    }

    fn ping_frame(&self) -> &'static [u8] {
        websocket::PING
    }
}
