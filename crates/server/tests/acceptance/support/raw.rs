use super::within;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// A WebSocket without any manners: sends whatever bytes the test wants.
pub(crate) struct RawSocket {
    stream: TcpStream,
    /// What came and is not read yet.
    received: Vec<u8>,
}

/// What the server sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Frame {
    Text(Value),
    Ping,
    Pong(Vec<u8>),
    Close(u16),
    /// The end of the stream, with or without a reset.
    End,
}

/// The bytes of one masked frame: `first` is its first byte.
pub(crate) fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];
    let mut bytes = vec![first];
    match payload.len() {
        short @ 0..126 => bytes.push(0x80 | short as u8),
        middle @ 126..=0xFFFF => {
            bytes.push(0x80 | 126);
            bytes.extend((middle as u16).to_be_bytes());
        }
        long => {
            bytes.push(0x80 | 127);
            bytes.extend((long as u64).to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

impl RawSocket {
    /// Connects and does the handshake.
    pub(crate) async fn open(server: SocketAddr) -> Self {
        Self::open_at(server, "/ws").await
    }

    /// Connects to the address of some protocol.
    pub(crate) async fn open_at(server: SocketAddr, path: &str) -> Self {
        Self::over(TcpStream::connect(server).await.unwrap(), server, path).await
    }

    /// Connects as one for whom the network keeps almost nothing that is not read.
    pub(crate) async fn open_narrow(server: SocketAddr, path: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Self::over(socket.connect(server).await.unwrap(), server, path).await
    }

    async fn over(stream: TcpStream, server: SocketAddr, path: &str) -> Self {
        stream.set_nodelay(true).unwrap();
        let mut socket = Self { stream, received: Vec::new() };
        let handshake = format!(
            "GET {path} HTTP/1.1\r\nhost: {server}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        socket.send(handshake.as_bytes()).await;
        let head = within("the handshake", async {
            loop {
                if let Some(end) = socket.received.windows(4).position(|window| window == b"\r\n\r\n") {
                    return socket.received.drain(..end + 4).collect::<Vec<_>>();
                }
                assert!(socket.fill().await, "the server refused the handshake");
            }
        })
        .await;
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        socket
    }

    /// Connects, says hello, and takes the welcome.
    pub(crate) async fn signed_in(server: SocketAddr, token: &str) -> Self {
        let mut socket = Self::open(server).await;
        socket.say(&format!(r#"{{"type":"hello","ref":"hello","token":"{token}"}}"#)).await;
        assert_eq!(socket.reply("hello").await["type"], "welcome");
        socket
    }

    /// Sends bytes. That the server has closed shows when its frames are read.
    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        _ = within("the bytes to be taken", self.stream.write_all(bytes)).await;
    }

    /// Sends these bytes, and then a frame now and then, without reading anything, until the server hangs up.
    pub(crate) async fn send_for_ever(mut self, bytes: &[u8], frame: &[u8]) {
        let mut now_and_then = tokio::time::interval(Duration::from_millis(50));
        let mut sent = self.stream.write_all(bytes).await;
        while sent.is_ok() {
            now_and_then.tick().await;
            sent = self.stream.write_all(frame).await;
        }
    }

    /// Sends a text frame.
    pub(crate) async fn say(&mut self, text: &str) {
        self.send(&masked(0x81, text.as_bytes())).await;
    }

    /// The next frame.
    pub(crate) async fn next(&mut self) -> Frame {
        within("a frame", async {
            loop {
                if let Some(frame) = self.take() {
                    return frame;
                }
                if !self.fill().await {
                    return Frame::End;
                }
            }
        })
        .await
    }

    /// The next text frame.
    pub(crate) async fn next_text(&mut self) -> Value {
        loop {
            match self.next().await {
                Frame::Text(frame) => return frame,
                Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} came instead of a frame"),
            }
        }
    }

    /// What the next pong carries. The server may ask for a sign of life before it.
    pub(crate) async fn pong(&mut self) -> Vec<u8> {
        loop {
            match self.next().await {
                Frame::Pong(payload) => return payload,
                Frame::Ping => {}
                other @ (Frame::Text(_) | Frame::Close(_) | Frame::End) => {
                    panic!("{other:?} came instead of a pong")
                }
            }
        }
    }

    /// The reply to the ref `reference`; everything before it is passed over.
    pub(crate) async fn reply(&mut self, reference: &str) -> Value {
        loop {
            match self.next().await {
                Frame::Text(frame) if frame["ref"] == reference => return frame,
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} came instead of a reply"),
            }
        }
    }

    /// The code with which the server closes; everything before it is passed over. Asserts that nothing comes after it.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            match self.next().await {
                Frame::Close(code) => {
                    assert_eq!(self.next().await, Frame::End, "a frame after the last one");
                    return code;
                }
                Frame::End => panic!("the server closed without a close frame"),
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
            }
        }
    }

    /// Reads more. Answers whether there was more.
    async fn fill(&mut self) -> bool {
        matches!(self.stream.read_buf(&mut self.received).await, Ok(1..))
    }

    /// A complete frame, when there is one.
    fn take(&mut self) -> Option<Frame> {
        let [first, second, rest @ ..] = self.received.as_slice() else { return None };
        assert_eq!(second & 0x80, 0, "a server does not mask");
        let (length, start) = match second {
            126 => (usize::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
            127 => (usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).unwrap(), 10),
            short => (usize::from(*short), 2),
        };
        let payload = self.received.get(start..start + length)?;
        let frame = match first {
            0x81 => Frame::Text(serde_json::from_slice(payload).unwrap()),
            0x88 => Frame::Close(payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code))),
            0x89 => Frame::Ping,
            0x8A => Frame::Pong(payload.to_vec()),
            other => panic!("the server sent a frame that begins with {other:#x}"),
        };
        self.received.drain(..start + length);
        Some(frame)
    }
}
