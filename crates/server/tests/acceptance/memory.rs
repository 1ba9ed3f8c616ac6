//! What clients send that read nothing costs a bounded amount of memory, in every protocol, and it is given back.
#![cfg(target_os = "linux")]

use crate::support::{Child, Frame, RawSocket, masked, request, within};
use chinwag_client::sign_in;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Interval, interval};

/// As many as come from one address, but for one.
const CROWD: usize = 199;
const MEGABYTE: usize = 1024 * 1024;
/// Bytes that each sends at once: what the server reads at once, and more.
const FLOOD: usize = 150_000;
/// Above what the process takes at rest: some 300 kB for each.
const MOST: usize = 64 * MEGABYTE;

/// A server in a process of its own, and what it takes while nobody is there.
struct Measured {
    server: Child,
    _data: tempfile::TempDir,
    token: String,
    at_rest: usize,
}

impl Measured {
    /// A server with the limits that every server has, or almost.
    async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        // A visit for each of the crowd is more than a minute allows, and some come beside the crowd.
        let limits = ["--gateways-visits-per-minute", "1000", "--connections-per-address", "250"];
        let server = Child::start_with_limits(data.path(), &limits).await;
        let token = sign_in(&server.url(), "Mallory").await.unwrap().token;
        let at_rest = server.resident_bytes();
        Self { server, _data: data, token, at_rest }
    }

    fn grown(&self) -> usize {
        self.server.resident_bytes().saturating_sub(self.at_rest)
    }

    /// A crowd at `path`, of which everybody says `first`, and then `frame` again and again.
    async fn crowd(&self, path: &'static str, first: &[u8], frame: Vec<u8>) -> JoinSet<()> {
        self.crowd_of(CROWD, path, first, frame).await
    }

    async fn crowd_of(&self, count: usize, path: &'static str, first: &[u8], frame: Vec<u8>) -> JoinSet<()> {
        let flood = frame.repeat(FLOOD.div_ceil(frame.len()));
        let mut crowd = JoinSet::new();
        for _ in 0..count {
            let mut socket = RawSocket::open_narrow(self.server.address, path).await;
            socket.send(first).await;
            let (flood, frame) = (flood.clone(), frame.clone());
            crowd.spawn(async move { socket.send_for_ever(&flood, &frame).await });
        }
        crowd
    }

    fn hello(&self) -> Vec<u8> {
        text(&format!(r#"{{"type":"hello","token":"{}"}}"#, self.token))
    }

    fn stays_small(&self) {
        let grown = self.grown() / MEGABYTE;
        assert!(self.grown() < MOST, "the server took {grown} MB more");
    }

    /// Waits until the whole crowd was sent away.
    async fn sends_away(&self, mut crowd: JoinSet<()>) {
        let mut looks = looks();
        within("the end of the crowd", async {
            while !crowd.is_empty() {
                tokio::select! {
                    ended = crowd.join_next() => ended.unwrap().unwrap(),
                    _ = looks.tick() => self.stays_small(),
                }
            }
        })
        .await;
    }

    /// Waits until the server has answered enough, which shows by that it takes in nobody else for a while.
    async fn has_enough(&self) {
        let mut looks = looks();
        within("an end of the answers", async {
            loop {
                looks.tick().await;
                self.stays_small();
                let mut newcomer = RawSocket::open(self.server.address).await;
                newcomer.send(&self.hello()).await;
                if let Frame::Text(answer) = newcomer.next().await
                    && answer["code"] == "rate_limited"
                {
                    return;
                }
            }
        })
        .await;
        self.stays_small();
    }

    /// Waits until the memory is back. Nothing else happens meanwhile.
    async fn gives_back(&self) {
        let mut looks = looks();
        within("the memory that was taken", async {
            while self.grown() > 24 * MEGABYTE {
                looks.tick().await;
            }
        })
        .await;
    }
}

fn looks() -> Interval {
    interval(Duration::from_millis(20))
}

fn text(text: &str) -> Vec<u8> {
    masked(0x81, text.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_frame_of_the_native_protocol() {
    let measured = Measured::start().await;
    let crowd = measured.crowd("/ws", &measured.hello(), text("x")).await;
    measured.sends_away(crowd).await;
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_the_native_protocol_refuses() {
    let measured = Measured::start().await;
    let flood = text(r#"{"type":"y"}"#);
    let crowd = measured.crowd("/ws", &measured.hello(), flood).await;
    measured.has_enough().await;
    assert_eq!(crowd.len(), CROWD);
    drop(crowd);
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings() {
    let measured = Measured::start().await;
    let crowd = measured.crowd("/ws", &measured.hello(), masked(0x89, b"x")).await;
    measured.has_enough().await;
    assert_eq!(crowd.len(), CROWD);
    drop(crowd);
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_json_of_the_simple_protocol() {
    let measured = Measured::start().await;
    let first = text(r#"{"type":"join","username":"Mallory"}"#);
    let crowd = measured.crowd("/simple", &first, text("x")).await;
    measured.sends_away(crowd).await;
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_that_say_nothing() {
    let measured = Measured::start().await;
    let crowd = measured.crowd("/simple?name=Mallory", &[], text(" ")).await;
    measured.has_enough().await;
    assert_eq!(crowd.len(), CROWD);
    drop(crowd);
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_socket_io_that_nobody_knows() {
    let measured = Measured::start().await;
    let large = text(&format!(r#"42["x",{}0]"#, "0,".repeat(30_000)));
    let flood = [text(r#"42["x"]"#).repeat(100), large].concat();
    let path = "/socket.io/?EIO=4&transport=websocket";
    let crowd = measured.crowd(path, &text("40"), flood).await;
    measured.has_enough().await;
    assert_eq!(crowd.len(), CROWD);
    drop(crowd);
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_socket_io_that_wait_and_take_far_more_memory_when_they_are_read() {
    let measured = Measured::start().await;
    let (path, unknown) = ("/socket.io/?EIO=4&transport=websocket", text(r#"42["x"]"#));
    let crowd = measured.crowd(path, &text("40"), unknown.clone()).await;
    measured.has_enough().await;
    // Whoever comes now is let in, or answered, only after a while.
    let large = text(&format!(r#"42["x",{}0]"#, r#"{"":0},"#.repeat(9_000)));
    let first = [text("40"), unknown.repeat(10), large].concat();
    let late = measured.crowd_of(40, path, &first, unknown).await;
    let mut looks = looks();
    for _ in 0..100 {
        looks.tick().await;
        measured.stays_small();
    }
    drop((crowd, late));
    measured.gives_back().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_socket_io_that_are_posted_by_those_who_never_poll() {
    const PATH: &str = "/socket.io/?EIO=4&transport=polling";
    let measured = Measured::start().await;
    let address = measured.server.address;
    let post = |sid: &str, packets: &str| {
        let length = packets.len();
        format!(
            "POST {PATH}&sid={sid} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\n\r\n{packets}"
        )
    };
    // Answers that nobody fetches, and then what takes far more memory when it is read.
    let small = vec![r#"42["x"]"#; 5_000].join("\u{1e}");
    let large = format!(r#"42["x",{}0]"#, "0,".repeat(30_000));
    let mut crowd = JoinSet::new();
    for _ in 0..CROWD / 2 {
        let opened = request(address, &format!("GET {PATH}"), &[], "").await.body;
        let sid = opened.split('"').nth(3).unwrap();
        let posts = [post(sid, "40"), post(sid, &small), post(sid, &large).repeat(10)].concat();
        crowd.spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            // The server takes no more at some time, and hangs up in the end.
            _ = stream.write_all(posts.as_bytes()).await;
            _ = stream.read_to_end(&mut Vec::new()).await;
        });
    }
    measured.has_enough().await;
    drop(crowd);
}
