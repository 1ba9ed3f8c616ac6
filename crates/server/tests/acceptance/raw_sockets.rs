//! Whatever bytes come, the server answers as documented and lives on.

use crate::support::{Actor, Frame, RawSocket, Seed, Server, masked, within};
use chinwag_server::RateLimit;
use rand::{Rng as _, RngExt as _};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Signs a witness in who is there before and after.
async fn witnessed() -> (Server, Actor) {
    let server = Server::with(|config| config.hello_limit_ms = 300).await;
    let witness = server.enter("Witness").await;
    witness.joins("general").await;
    (server, witness)
}

async fn lives(server: &Server, witness: &Actor) {
    let text = format!("still here {}", witness.new_client_id());
    witness.says("general", &text).await;
    witness.sees("general", &text).await;
    assert_eq!(witness.view().connections, 1);
    witness.has_no_complaints();
    assert_eq!(server.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn violations_of_the_framing_have_their_codes_before_and_after_hello() {
    let (server, witness) = witnessed().await;
    let huge = [&[0x81, 0x80 | 127][..], &(1_u64 << 62).to_be_bytes(), &[0; 4]].concat();
    let cases: [(&str, Vec<u8>, u16); 12] = [
        ("unmasked", vec![0x81, 2, b'h', b'i'], 1002),
        ("reserved bit", masked(0xC1, b"{}"), 1002),
        ("reserved opcode", masked(0x83, b"{}"), 1002),
        ("continuation of nothing", masked(0x80, b"{}"), 1002),
        ("text within a text", [masked(0x01, b"{"), masked(0x81, b"}")].concat(), 1002),
        ("fragmented ping", masked(0x09, b""), 1002),
        ("long ping", masked(0x89, &[0; 126]), 1002),
        ("close with one byte", masked(0x88, &[3]), 1002),
        ("binary", masked(0x82, b"{}"), 1003),
        ("no UTF-8", masked(0x81, b"{\"type\":\"\xFF\"}"), 1007),
        ("too big", masked(0x81, &vec![b' '; 65_537]), 1009),
        ("far too big", huge, 1009),
    ];
    for (name, bytes, code) in cases {
        let mut stranger = RawSocket::open(server.address).await;
        stranger.send(&bytes).await;
        assert_eq!(stranger.closed().await, code, "{name} before hello");
        let mut guest = RawSocket::signed_in(server.address, &witness.session.token).await;
        guest.send(&bytes).await;
        assert_eq!(guest.closed().await, code, "{name} after hello");
    }
    lives(&server, &witness).await;
}

#[tokio::test]
async fn the_first_frame_must_be_hello_and_must_come_in_time() {
    let (server, witness) = witnessed().await;
    let mut silent = RawSocket::open(server.address).await;
    assert_eq!(silent.closed().await, 4102);
    let mut impatient = RawSocket::open(server.address).await;
    impatient.say(r#"{"type":"rooms","ref":"a"}"#).await;
    assert_eq!(impatient.closed().await, 4102);
    let mut confused = RawSocket::open(server.address).await;
    confused.say(r#"{"type":"hello","ref":"a"}"#).await;
    let reply = confused.reply("a").await;
    assert_eq!((&reply["type"], &reply["code"]), (&json!("error"), &json!("bad_frame")));
    assert_eq!(confused.closed().await, 4102);
    // Pings do not count as a beginning, but are answered.
    let mut pinging = RawSocket::open(server.address).await;
    pinging.send(&masked(0x89, b"there?")).await;
    assert_eq!(pinging.pong().await, b"there?");
    assert_eq!(pinging.closed().await, 4102);
    lives(&server, &witness).await;
}

#[tokio::test]
async fn json_that_is_no_frame_gets_an_error_and_the_connection_stays() {
    let (server, witness) = witnessed().await;
    let mut raw = RawSocket::signed_in(server.address, &witness.session.token).await;
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let deep_in_a_field = format!(r#"{{"type":"join","room":{}}}"#, "[".repeat(60_000));
    let many_digits = format!(r#"{{"type":"read","room":1,"seq":{}}}"#, "9".repeat(60_000));
    let control_characters = "\u{0}\u{1}\u{2}";
    for text in
        ["", "null", "[]", "{", "\"hello\"", "7", control_characters, &deep, &deep_in_a_field, &many_digits]
    {
        raw.say(text).await;
        let frame = loop {
            match raw.next().await {
                Frame::Text(frame) if frame["type"] == "error" => break frame,
                Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                end @ (Frame::Close(_) | Frame::End) => {
                    panic!("{end:?} after {:?}", &text[..text.len().min(40)])
                }
            }
        };
        assert_eq!(frame["code"], "bad_frame");
        assert_eq!(frame.get("ref"), None);
    }
    raw.say(r#"{"type":"rooms","ref":"a"}"#).await;
    assert_eq!(raw.reply("a").await["type"], "rooms");
    lives(&server, &witness).await;
}

#[tokio::test]
async fn numbers_at_their_ends_are_answered() {
    let (server, witness) = witnessed().await;
    for number in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
        let token = &witness.session.token;
        let mut raw = RawSocket::open(server.address).await;
        let hello = json!({"type": "hello", "ref": "hello", "token": token, "rooms": {"1": number}});
        raw.say(&hello.to_string()).await;
        assert_eq!(raw.reply("hello").await["type"], "welcome");
        for key in ["before", "around", "after"] {
            raw.say(&json!({"type": "history", "ref": key, "room": 1, key: number}).to_string()).await;
            assert_eq!(raw.reply(key).await["type"], "history", "{key} {number}");
        }
        raw.say(&json!({"type": "read", "ref": "read", "room": 1, "seq": number}).to_string()).await;
        assert_eq!(raw.reply("read").await["type"], "ok", "read {number}");
    }
    for limit in [0, 1, u32::MAX] {
        let mut raw = RawSocket::signed_in(server.address, &witness.session.token).await;
        for (kind, reply) in [("join", "joined"), ("history", "history"), ("members", "members")] {
            raw.say(&json!({"type": kind, "ref": kind, "room": 1, "limit": limit}).to_string()).await;
            assert_eq!(raw.reply(kind).await["type"], reply, "{kind} {limit}");
        }
    }
    lives(&server, &witness).await;
}

#[tokio::test]
async fn frames_may_come_in_any_pieces() {
    let (server, witness) = witnessed().await;
    let mut raw = RawSocket::signed_in(server.address, &witness.session.token).await;
    let text = r#"{"type":"rooms","ref":"é"}"#.as_bytes();
    for byte in masked(0x81, text) {
        raw.send(&[byte]).await;
    }
    assert_eq!(raw.reply("é").await["type"], "rooms");
    // One character, and a ping, between two fragments.
    let middle = text.len() - 3;
    raw.send(&[masked(0x01, &text[..middle]), masked(0x89, b"ping"), masked(0x80, &text[middle..])].concat())
        .await;
    assert_eq!(raw.pong().await, b"ping");
    assert_eq!(raw.reply("é").await["type"], "rooms");
    lives(&server, &witness).await;
}

#[tokio::test]
async fn closing_is_answered_with_the_same_code() {
    let (server, witness) = witnessed().await;
    for code in [1000_u16, 1001, 4999] {
        let mut raw = RawSocket::signed_in(server.address, &witness.session.token).await;
        raw.send(&masked(0x88, &code.to_be_bytes())).await;
        assert_eq!(raw.closed().await, code);
    }
    lives(&server, &witness).await;
}

#[tokio::test]
async fn noise_on_a_websocket() {
    let mut random = Seed::choose().random(0);
    let (server, witness) = witnessed().await;
    for _ in 0..60 {
        let mut raw = RawSocket::signed_in(server.address, &witness.session.token).await;
        let mut noise = vec![0; random.random_range(1..2_000)];
        random.fill_bytes(&mut noise);
        if random.random_bool(0.5) {
            noise = masked(0x81, &noise);
        }
        raw.send(&noise).await;
        raw.send(&masked(0x88, b"")).await;
        // Noise may be the beginning of a long frame for which the server waits; everything else ends with a close frame.
        if random.random_bool(0.5) {
            drop(raw);
        } else if let Some(code) = within("an end", end(&mut raw, &masked(0x88, b""))).await {
            assert!(matches!(code, 1000 | 1002 | 1003 | 1007 | 1009), "{code}");
        }
    }
    lives(&server, &witness).await;
}

/// The close code. Goes on sending, so that a frame of any length is complete or refused in the end.
async fn end(raw: &mut RawSocket, filler: &[u8]) -> Option<u16> {
    let filler = filler.repeat(20_000);
    raw.send(&filler).await;
    loop {
        match raw.next().await {
            Frame::Close(code) => return Some(code),
            Frame::End => return None,
            Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
        }
    }
}

#[tokio::test]
async fn noise_on_the_port() {
    let mut random = Seed::choose().random(0);
    let (server, witness) = witnessed().await;
    for _ in 0..60 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let mut noise = vec![0; random.random_range(1..2_000)];
        random.fill_bytes(&mut noise);
        _ = stream.write_all(&noise).await;
        stream.shutdown().await.unwrap_or_default();
        let mut answer = Vec::new();
        _ = within("the end", stream.read_to_end(&mut answer)).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    lives(&server, &witness).await;
}

#[tokio::test]
async fn who_never_finishes_a_request_is_let_go() {
    let (server, witness) = witnessed().await;
    for beginning in [&b""[..], b"GET / HTTP/1.1\r\nHost: chin"] {
        let mut stranger = TcpStream::connect(server.address).await.unwrap();
        stranger.write_all(beginning).await.unwrap();
        let mut answer = Vec::new();
        // Whether there is an answer is the library's matter; that the connection ends is ours.
        _ = within("the end", stranger.read_to_end(&mut answer)).await;
    }
    lives(&server, &witness).await;
}

#[tokio::test]
async fn connections_that_ask_for_nothing_count_for_their_address() {
    let server = Server::with(|config| {
        config.rate_limit = RateLimit::On;
        config.connections_per_address = 2;
    })
    .await;
    let mut waiting = Vec::new();
    for _ in 0..2 {
        let mut stranger = TcpStream::connect(server.address).await.unwrap();
        // Half a request, to know that it was taken in: the other half is answered.
        stranger.write_all(b"GET /healthz HTTP/1.1\r\nHost: chinwag\r\n").await.unwrap();
        waiting.push(stranger);
    }
    let mut answer = Vec::new();
    let mut third = TcpStream::connect(server.address).await.unwrap();
    let ended = within("the end of the third", third.read_to_end(&mut answer)).await;
    assert!(answer.is_empty(), "{ended:?} {}", String::from_utf8_lossy(&answer));
    for mut stranger in waiting {
        stranger.write_all(b"Connection: close\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        within("the answer", stranger.read_to_end(&mut answer)).await.unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(server.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_long_text_waits_for_no_limit_until_its_client_is_taken_for_gone() {
    let server = Server::with(|config| {
        config.rate_limit = RateLimit::On;
        config.messages_per_10_s = 2;
        config.message_length = 10;
        (config.ping_interval_ms, config.silence_limit_ms) = (250, 1_000);
    })
    .await;
    let mut client = RawSocket::open_at(server.address, "/simple").await;
    client.say(r#"{"type":"join","username":"Bob"}"#).await;
    client.say(&json!({"type": "message", "text": "x".repeat(40)}).to_string()).await;
    loop {
        match client.next().await {
            Frame::Text(frame) if frame["type"] == "error" => return,
            Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
            end @ (Frame::Close(_) | Frame::End) => panic!("{end:?} came instead of a refusal"),
        }
    }
}
