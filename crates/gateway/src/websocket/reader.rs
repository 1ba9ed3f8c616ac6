use chinwag_wire::websocket::{Decoder, Incoming, Violation, close_code};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::net::TcpStream;

/// The reading side of a WebSocket.
///
/// Bytes are read into a buffer of the thread and decoded at once, so a connection that is silent holds no buffer.
pub struct Reader {
    stream: Arc<TcpStream>,
    decoder: Decoder,
}

/// What a protocol makes of a text message.
pub trait FromText {
    /// What a client is told that sends something else than text.
    const NOT_BINARY: &'static str;

    /// Reads a text message. What cannot be read is a value, too: its handler answers it.
    fn from_text(text: &str) -> Self;
}

/// What a client sent.
pub enum ReceivedFrame<T> {
    /// A text message.
    Text(T),
    /// A ping, with the bytes that the pong is to have.
    Ping(Vec<u8>),
    /// A pong: a sign of life.
    Pong,
    /// The last frame, with its code.
    Close(Option<u16>),
    /// The client broke the framing. Nothing follows.
    Violation(Violation),
}

/// The stream is at its end or broken.
pub struct Gone;

/// Bytes that are read at once.
const SCRATCH: usize = 64 * 1024;
/// Frames that are decoded ahead of the work on them, at most: one read may bring ten thousand, and each takes more memory decoded.
const AHEAD: usize = 32;
/// Bytes of frames that are decoded ahead. The frame that reaches it is the last.
const AHEAD_BYTES: usize = 16 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; SCRATCH]);
}

impl Reader {
    /// Reads from `stream`; a frame may have `max_frame` bytes.
    #[must_use]
    pub fn new(stream: Arc<TcpStream>, max_frame: usize) -> Self {
        Self { stream, decoder: Decoder::new(max_frame) }
    }

    /// What it reads from, shared with the writing side.
    #[must_use]
    pub fn stream(&self) -> &Arc<TcpStream> {
        &self.stream
    }

    /// Reads bytes, when there are some, and appends what they complete to `received`. What is too much at once comes the next time.
    pub fn poll_read<T: FromText>(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<ReceivedFrame<T>>,
    ) -> Poll<Result<(), Gone>> {
        if self.decoder.has_more() {
            self.decode(&mut [], received);
            return Poll::Ready(Ok(()));
        }
        loop {
            if ready!(self.stream.poll_read_ready(context)).is_err() {
                return Poll::Ready(Err(Gone));
            }
            let read = BUFFER.with_borrow_mut(|buffer| {
                let count = self.stream.try_read(buffer)?;
                self.decode(&mut buffer[..count], received);
                Ok(count)
            });
            return Poll::Ready(match read {
                Ok(0) => Err(Gone),
                Ok(_) => Ok(()),
                Err(error) if io::Error::kind(&error) == ErrorKind::WouldBlock => continue,
                Err(_) => Err(Gone),
            });
        }
    }

    /// Waits for bytes and appends what they complete to `received`. Cancel safe.
    pub async fn read<T: FromText>(&mut self, received: &mut VecDeque<ReceivedFrame<T>>) -> Result<(), Gone> {
        poll_fn(|context| self.poll_read(context, received)).await
    }

    /// Decodes bytes that came in another way; too much at once, as in [`poll_read`](Self::poll_read).
    pub fn decode<T: FromText>(&mut self, bytes: &mut [u8], received: &mut VecDeque<ReceivedFrame<T>>) {
        let (mut frames, mut size) = (0, 0);
        let result = self.decoder.feed(bytes, |incoming| {
            frames += 1;
            size += incoming.size();
            let item = match incoming {
                Incoming::Text(text) => ReceivedFrame::Text(T::from_text(text)),
                Incoming::Binary(_) => ReceivedFrame::Violation(Violation {
                    code: close_code::UNSUPPORTED,
                    reason: T::NOT_BINARY,
                }),
                Incoming::Ping(payload) => ReceivedFrame::Ping(payload.to_vec()),
                Incoming::Pong => ReceivedFrame::Pong,
                Incoming::Close(code) => ReceivedFrame::Close(code),
            };
            let is_last = matches!(item, ReceivedFrame::Close(_) | ReceivedFrame::Violation(_));
            received.push_back(item);
            let is_enough = is_last || frames >= AHEAD || size >= AHEAD_BYTES;
            if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Err(violation) = result {
            received.push_back(ReceivedFrame::Violation(violation));
        }
    }

    /// Reads and forgets until the client closes its side.
    pub async fn drain(&mut self) {
        while self.stream.readable().await.is_ok() {
            let read = BUFFER.with_borrow_mut(|buffer| self.stream.try_read(buffer));
            match read {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    struct Length(usize);

    impl FromText for Length {
        const NOT_BINARY: &'static str = "Text.";

        fn from_text(text: &str) -> Self {
            Self(text.len())
        }
    }

    fn frame(length: u8) -> Vec<u8> {
        [&[0x81, 0x80 | length, 0, 0, 0, 0][..], &vec![b'x'; usize::from(length)]].concat()
    }

    #[tokio::test]
    async fn little_is_decoded_ahead_of_the_work_on_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut reader = Reader::new(Arc::new(listener.accept().await.unwrap().0), 1 << 16);
        let (many, large) = (frame(1).repeat(5_000), frame(125).repeat(400));
        client.write_all(&[many, large].concat()).await.unwrap();

        let (mut lengths, mut received) = (Vec::new(), VecDeque::<ReceivedFrame<Length>>::new());
        while lengths.len() < 5_400 {
            reader.read(&mut received).await.ok().unwrap();
            assert!(received.len() <= AHEAD, "{} frames at once", received.len());
            lengths.extend(received.drain(..).filter_map(|frame| match frame {
                ReceivedFrame::Text(Length(length)) => Some(length),
                ReceivedFrame::Ping(_)
                | ReceivedFrame::Pong
                | ReceivedFrame::Close(_)
                | ReceivedFrame::Violation(_) => None,
            }));
        }
        assert_eq!(lengths, [vec![1; 5_000], vec![125; 400]].concat());
    }
}
