//! Talking to a client that has no send queue yet.

use super::reader::{FromText, Reader, ReceivedFrame};
use super::socket::{CloseCode, close_frame};
use chinwag_core::ports::CloseReason;
use chinwag_wire::websocket;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::time::Duration;
use tokio::net::TcpStream;

/// How long a client may take to read why it is refused.
const REFUSAL: Duration = Duration::from_secs(2);

/// The first frame that is no ping or pong. `None` when the client has gone.
pub async fn first_frame<T: FromText>(
    reader: &mut Reader,
    received: &mut VecDeque<ReceivedFrame<T>>,
) -> Option<ReceivedFrame<T>> {
    loop {
        match received.pop_front() {
            Some(ReceivedFrame::Pong) => {}
            Some(ReceivedFrame::Ping(payload)) => {
                let mut pong = Vec::new();
                websocket::write_pong(&mut pong, &payload);
                write_all(reader.stream(), &pong).await;
            }
            Some(other) => return Some(other),
            None => reader.read(received).await.ok()?,
        }
    }
}

/// Sends the last frames, then a close frame.
pub async fn refuse<F: CloseCode>(stream: &TcpStream, mut frames: Vec<u8>, reason: CloseReason) {
    frames.extend(close_frame::<F>(reason));
    // A client that does not even read this is not waited for.
    _ = tokio::time::timeout(REFUSAL, write_all(stream, &frames)).await;
}

/// A broken connection shows at the next read.
async fn write_all(stream: &TcpStream, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if stream.writable().await.is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}
