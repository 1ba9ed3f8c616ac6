use chinwag_realtime::{CloseReason, Socket};
use chinwag_wire::websocket::{self, close_code};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use std::io;
use std::sync::Arc;
use tokio::net::TcpStream;

/// The writing side of a WebSocket on a TCP stream. The stream is shared with the reader.
pub(super) struct WebSocket(pub(super) Arc<TcpStream>);

impl Socket for WebSocket {
    fn try_write(&self, frames: &[u8]) -> io::Result<usize> {
        self.0.try_write(frames)
    }

    fn writable(&self) -> BoxFuture<'_, io::Result<()>> {
        self.0.writable().boxed()
    }

    fn frame_end(&self, frames: &[u8], written: usize) -> usize {
        websocket::frame_end(frames, written)
    }

    fn close_frame(&self, reason: CloseReason) -> Vec<u8> {
        let (code, text) = match reason {
            CloseReason::Requested(code) => (code.unwrap_or(close_code::NORMAL), ""),
            CloseReason::Restart => (close_code::RESTART, "The server restarts. Reconnect and resume."),
            CloseReason::TooSlow => (close_code::TOO_SLOW, "You read too slowly. Reconnect and resume."),
            CloseReason::Timeout => (close_code::TIMEOUT, "No sign of life. Reconnect and resume."),
            CloseReason::Unauthorized => (close_code::UNAUTHORIZED, "The session has ended. Sign in again."),
            CloseReason::SignedOut => (close_code::SIGNED_OUT, "Signed out."),
            CloseReason::NoHello => (close_code::NO_HELLO, "Say hello first, within the time limit."),
            CloseReason::Violation(code, text) => (code, text),
        };
        let mut frame = Vec::new();
        websocket::write_close(&mut frame, code, text);
        frame
    }

    fn ping_frame(&self) -> &'static [u8] {
        websocket::PING
    }
}
