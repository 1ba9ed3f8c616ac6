//! Clients of Socket.IO that poll, as far as no client of others' does what they do here.

use crate::support::{Answer, Server, request};
use chinwag_server::RateLimit;

const POLLING: &str = "/socket.io/?EIO=4&transport=polling";

/// A connection that polls.
struct Polling<'a> {
    server: &'a Server,
    sid: String,
}

impl<'a> Polling<'a> {
    async fn open(server: &'a Server) -> Self {
        let opened = server.get(POLLING).await.body;
        Self { server, sid: opened.split('"').nth(3).unwrap().to_owned() }
    }

    async fn post(&self, packets: &str) -> Answer {
        request(self.server.address, &format!("POST {POLLING}&sid={}", self.sid), &[], packets).await
    }

    async fn poll(&self) -> String {
        self.server.get(&format!("{POLLING}&sid={}", self.sid)).await.body
    }
}

#[tokio::test]
async fn whoever_has_said_hello_may_wait_at_the_door_longer_than_that_may_take() {
    let server = Server::with(|config| {
        config.rate_limit = RateLimit::On;
        config.gateways.visits_per_minute = 20;
        config.hello_limit_ms = 300;
    })
    .await;
    for visit in 0..21 {
        let client = Polling::open(&server).await;
        assert_eq!(client.post("40").await.status, 200);
        let greeting = client.poll().await;
        assert!(greeting.starts_with("40{"), "visit {visit} was told {greeting:?}");
    }
}

#[tokio::test]
async fn whoever_has_left_the_namespace_and_takes_no_answer_is_sent_away() {
    let server = Server::impatient().await;
    let client = Polling::open(&server).await;
    // Far more answers than wait for a poll.
    let packets = ["40", "41"].into_iter().chain(std::iter::repeat_n("40/x,", 5_000));
    let packets = packets.collect::<Vec<_>>().join("\u{1e}");
    assert_eq!(client.post(&packets).await.status, 400, "the session has ended");
}

#[tokio::test]
async fn what_is_posted_in_front_of_the_end_is_said() {
    let server = Server::start().await;
    let witness = server.enter("Witness").await;
    witness.joins("general").await;
    let client = Polling::open(&server).await;
    let join = r#"42["join",{"username":"Bob","room":"general"}]"#;
    let packets = ["40", join, r#"42["send-message","bye"]"#, "41", "1"].join("\u{1e}");
    assert_eq!(client.post(&packets).await.status, 200);
    witness.sees("general", "bye").await;
}

#[tokio::test]
async fn whoever_reads_slowly_is_pinged_all_the_same() {
    let server = Server::with(|config| config.ping_interval_ms = 250).await;
    let witness = server.enter("Witness").await;
    witness.joins("general").await;
    let (slow, idle) = (Polling::open(&server).await, Polling::open(&server).await);
    slow.post(&["40", r#"42["join",{"username":"Bob","room":"general"}]"#].join("\u{1e}")).await;
    witness.until("Bob", |view| view.room("general").presence.contains_key("Bob")).await;
    // More than waits for a poll.
    for _ in 0..100 {
        witness.says("general", &"x".repeat(2000)).await;
    }
    witness.says("general", "before").await;
    witness.sees("general", "before").await;
    // Between the second and the third time that another one is pinged, everybody is.
    for _ in 0..3 {
        while !packets(&idle.poll().await).any(|packet| packet == "2") {}
    }
    witness.says("general", "behind").await;
    let mut heard = String::new();
    while !heard.contains("behind") {
        heard = format!("{heard}\u{1e}{}", slow.poll().await);
    }
    let between = packets(&heard).skip_while(|packet| !packet.contains("before"));
    let between = between.take_while(|packet| !packet.contains("behind"));
    assert!(between.into_iter().any(|packet| packet == "2"));
}

fn packets(payload: &str) -> impl Iterator<Item = &str> {
    payload.split('\u{1e}')
}
