use chinwag_client::{Backoff, Client, Config, Event, Events};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// No step of a script takes as long.
const DEADLINE: Duration = Duration::from_secs(20);

/// The server's side, told by the test.
pub(crate) struct Script {
    listener: TcpListener,
}

/// One accepted connection.
pub(crate) struct Line {
    socket: WebSocketStream<TcpStream>,
}

pub(crate) async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// A script and a client that connects to it.
pub(crate) async fn start(change: impl FnOnce(&mut Config)) -> (Script, Client, Events) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = Config::new(format!("http://{}", listener.local_addr().unwrap()), "token");
    config.backoff = Backoff::new(Duration::from_millis(1), Duration::from_millis(10));
    change(&mut config);
    let (client, events) = Client::start(config).unwrap();
    (Script { listener }, client, events)
}

impl Script {
    /// Accepts the next connection.
    pub(crate) async fn accept(&self) -> Line {
        within("a connection", async {
            let (stream, _) = self.listener.accept().await.unwrap();
            Line { socket: tokio_tungstenite::accept_async(stream).await.unwrap() }
        })
        .await
    }

    /// Accepts the next connection and welcomes it. Answers its hello, too.
    pub(crate) async fn welcome(&self) -> (Line, Value) {
        let mut line = self.accept().await;
        let hello = line.next().await;
        line.say(json!({
            "type": "welcome", "ref": hello["ref"], "epoch": "e", "user": {"userId": 7, "name": "Alex", "kind": "guest"}, "rooms": [],
            "limits": {"messageLength": 2000, "historyPage": 200, "roomsPerPerson": 100, "fileBytes": 1000, "filesPerMessage": 10}, "serverTime": 1,
        }))
        .await;
        (line, hello)
    }
}

impl Line {
    pub(crate) async fn say(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The client's next frame.
    pub(crate) async fn next(&mut self) -> Value {
        let Some(Ok(Message::Text(text))) = within("a frame", self.socket.next()).await else {
            panic!("the client closed");
        };
        serde_json::from_str(&text).unwrap()
    }

    /// Follows a room from `head` on.
    pub(crate) async fn joined(&mut self, reference: &Value, head: i64) {
        self.say(json!({
            "type": "joined", "ref": reference, "room": 1, "title": "General", "topic": "", "kind": "public", "unread": 0, "member": true, "eventsFrom": 1, "headSeq": head,
            "readSeq": 0, "hasBefore": false, "messages": [], "events": [], "members": [], "memberCount": 0, "online": 0,
        }))
        .await;
    }

    pub(crate) async fn event(&mut self, seq: i64) {
        let (room, name) = (1, "Alex");
        self.say(
            json!({"type": "memberJoined", "room": room, "seq": seq, "userId": 8, "name": name, "at": 1}),
        )
        .await;
    }

    pub(crate) async fn close(mut self, code: u16) {
        let frame = CloseFrame { code: code.into(), reason: "because".into() };
        self.socket.send(Message::Close(Some(frame))).await.unwrap();
        while within("the end", self.socket.next()).await.is_some_and(|message| message.is_ok()) {}
    }

    /// Whether the client has closed the connection with a close frame.
    pub(crate) async fn was_closed(mut self) -> bool {
        matches!(within("a close frame", self.socket.next()).await, Some(Ok(Message::Close(_))))
    }
}

/// The next event that `wanted` picks something from; others are skipped.
pub(crate) async fn until<T>(events: &mut Events, wanted: impl Fn(Event) -> Option<T>) -> T {
    within("an event", async {
        loop {
            if let Some(found) = wanted(events.next().await.unwrap()) {
                return found;
            }
        }
    })
    .await
}
