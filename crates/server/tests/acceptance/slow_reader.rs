//! A client that does not read costs a bounded amount of memory and nobody's time.

use crate::support::{Actor, Child, Frame, GENERAL, Proxy, RawSocket, Server, View, texts, within};
use chinwag_client::sign_in;
use futures_util::future::join_all;
use tokio::sync::watch;

/// More than what the kernel's buffers between server and client take.
const FLOOD: usize = 1_200;
/// Messages that are sent before everyone else is waited for: less than a good reader's buffers take.
const WAVE: usize = 50;

/// The longest message: 8,000 bytes.
fn long_text() -> String {
    "😀".repeat(2_000)
}

async fn write(person: &Actor, count: usize) {
    let text = long_text();
    let messages = (0..count).map(|_| {
        let (client, text) = ((**person).clone(), text.clone());
        async move { client.send(GENERAL, &text).await.unwrap() }
    });
    within("the acks", join_all(messages)).await;
}

/// Reads for ever. Tells how many messages have come.
async fn read_on(mut socket: RawSocket, count: watch::Sender<usize>) {
    loop {
        match socket.next().await {
            Frame::Text(frame) if frame["type"] == "message" => count.send_modify(|count| *count += 1),
            Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
            // Whoever waits for the count learns that there will be no more.
            Frame::Close(_) | Frame::End => return,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_slow_reader_among_a_hundred_is_closed_and_comes_back_without_loss() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let slow = server.enter_through(&proxy.url(), "Slow").await;
    alice.joins("general").await;
    slow.joins("general").await;
    let mut others = join_all((0..98).map(async |number| {
        let session = server.sign_in(&format!("Guest {number}")).await;
        let mut socket = RawSocket::signed_in(server.address, &session.token).await;
        socket.say(r#"{"type":"join","ref":"join","room":1}"#).await;
        assert_eq!(socket.reply("join").await["type"], "joined");
        let (sender, count) = watch::channel(0);
        tokio::spawn(read_on(socket, sender));
        count
    }))
    .await;

    proxy.stall_down();
    let conversation = async {
        for written in (WAVE..=FLOOD).step_by(WAVE) {
            write(&alice, WAVE).await;
            for count in &mut others {
                let everything = count.wait_for(|count| *count == written);
                within("the messages of the others", everything).await.unwrap();
            }
        }
    };
    // Begins to read again as soon as it is closed, so that it learns why.
    let awakening = async {
        server.until_metric("chinwag_send_queue_closes_total", 1.0).await;
        proxy.flow();
    };
    tokio::join!(conversation, awakening);
    assert_eq!(server.metric("chinwag_send_queue_closes_total").await, 1.0);
    slow.has_the_log(&server.database(), "general").await;
    assert_eq!(slow.view().disconnects, ["You read too slowly. Reconnect and resume."]);
    assert_eq!(texts(&slow.view().room("general").log).len(), FLOOD);
    slow.has_no_complaints();
    alice.has_no_complaints();
    assert_eq!(alice.view().connections, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_and_typing_are_left_out_first_and_the_client_is_told_so() {
    let server = Server::with(|config| config.send_queue_bytes = 256 * 1024 * 1024).await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let slow = server.enter_through(&proxy.url(), "Slow").await;
    alice.joins("general").await;
    slow.joins("general").await;
    proxy.stall_down();
    write(&alice, FLOOD).await;
    // Until she has read everything, what passes may be left out for her, too.
    alice.has_the_log(&server.database(), "general").await;
    let drops = server.metric("chinwag_send_queue_drops_total").await;
    alice.typing("general").await.unwrap();
    let typing = |view: &View| view.room("general").typing == ["Alice"];
    alice.until("oneself typing", typing).await;
    // The slow one may be served after her.
    within("what is left out", async {
        while server.metric("chinwag_send_queue_drops_total").await <= drops {}
    })
    .await;

    proxy.flow();
    slow.until("the news of what was left out", |view| view.stale > 0).await;
    slow.has_the_log(&server.database(), "general").await;
    let view = slow.view();
    assert_eq!((view.connections, view.room("general").typing.len()), (1, 0));
    slow.has_no_complaints();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_who_asks_over_http_and_does_not_read_is_given_up() {
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpStream;

    let server = Server::impatient().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    // The answers fill the buffers, then the server takes no more requests; the writer hears of the end.
    let asking = async {
        while stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n").await.is_ok() {}
    };
    within("the end of the connection", asking).await;
    assert_eq!(server.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn whoever_does_not_read_the_log_delays_nobody() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start_with_unread_log(data.path()).await;
    // Each is a line of more than 80 bytes, and the pipe takes 65,536.
    for number in 0..1_000 {
        within("a sign-in", sign_in(&server.url(), &format!("Guest {number}"))).await.unwrap();
    }
    server.terminate();
    assert!(server.ended().await.success());
}
