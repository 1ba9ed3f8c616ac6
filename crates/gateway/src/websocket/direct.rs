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
        // A read may bring a thousand pings: others come in between.
        tokio::task::coop::consume_budget().await;
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;
    use std::sync::Arc;
    use tokio::net::TcpListener;

    struct Text;

    impl FromText for Text {
        const NOT_BINARY: &'static str = "Text.";

        fn from_text(_text: &str) -> Self {
            Self
        }
    }

    #[tokio::test]
    async fn whoever_pings_on_and_on_lets_others_work() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let _client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut reader = Reader::new(Arc::new(listener.accept().await.unwrap().0), 1 << 16);
        let mut received: VecDeque<_> = (0..1000).map(|_| ReceivedFrame::Ping(Vec::new())).collect();
        received.push_back(ReceivedFrame::Text(Text));
        assert!(first_frame(&mut reader, &mut received).now_or_never().is_none());
        assert!((1..1000).contains(&received.len()), "{} are left", received.len());
        assert!(matches!(first_frame(&mut reader, &mut received).await, Some(ReceivedFrame::Text(Text))));
    }
}
