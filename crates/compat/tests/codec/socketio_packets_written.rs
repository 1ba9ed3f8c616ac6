//! The packets that the server writes. A change here is a change of the protocol: `docs/socketio.md` has to say it, too.

use crate::written::{address, changed, deleted, edited, event, member, message, said, slug};
use chinwag_compat::socketio::codec::{
    self, ClientEvent, ClientPacket, Done, Emit, EnginePacket, Entered, Offset, PrivateId, Revision,
    SocketIoLobbyEncoder, SocketIoRoomsEncoder,
};
use chinwag_core::domain::{
    EventBody, MemberChange, Millis, Presence, Refusal, RoomChange, Seq, User, UserId,
};
use chinwag_core::ports::{Clock, Encoder, PresenceChange, Signal, Typist};
use chinwag_wire::native::ProtocolError;
use chinwag_wire::websocket::{write_close, write_text};
use serde_json::Value;
use std::sync::Arc;

/// The moment of everything that is not in a log.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Millis {
        Millis(1_795_341_600_000)
    }
}

fn rooms() -> SocketIoRoomsEncoder {
    SocketIoRoomsEncoder::new(Arc::new(Stopped))
}

/// The packets of finished frames, one a line.
fn lines(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut frames = Vec::new();
    write(&mut frames);
    String::from_utf8(codec::payload(&frames, Revision::Four)).unwrap().replace('\u{1e}', "\n")
}

fn user(id: i64, name: &str) -> User {
    User::guest(UserId(id), name)
}

fn change(id: i64, name: &str, before: Presence, presence: Presence) -> PresenceChange {
    PresenceChange { user: user(id, name), before, presence, via: Some("socketio") }
}

fn presence(changes: Vec<PresenceChange>) -> Signal {
    let people = Arc::from([user(7, "Alex"), user(8, "Sam")]);
    Signal::Presence { room: address("general"), online: 2, changes, truncated: false, people }
}

#[test]
fn the_handshake_and_acknowledgements() {
    let limited = ProtocolError::from(&Refusal::RateLimited { retry_after_ms: 1500 });
    let text = lines(|out| {
        codec::write_open(out, "abc", &["websocket"], 25_000, 35_000, 65_536);
        codec::write_connected(out, "def", None, Revision::Four);
        codec::write_connected(out, "def", Some("7-xyz"), Revision::Three);
        let id = PrivateId {
            user: UserId(7),
            epoch: "1f0e5d2c".to_owned(),
            secret: "xyz".to_owned(),
            turn: "1".to_owned(),
        };
        codec::write_connected(out, "def", Some(&id.to_string()), Revision::Four);
        let place = Offset { preset: Some("joinRoom".to_owned()), room: slug("den"), seq: Seq(12) };
        codec::write_offset(out, Some(&place));
        codec::write_offset(out, Some(&Offset { preset: None, ..place }));
        codec::write_offset(out, None);
        codec::write_connect_error(out, &limited);
        codec::write_invalid_namespace(out, "/admin");
        codec::write_ack(out, 3, &Ok(Done { seq: Some(Seq(128)), entered: None }));
        codec::write_ack(out, 4, &Ok(Done::default()));
        codec::write_ack(out, 5, &Err(limited.clone()));
        for packet in [codec::PING, codec::PROBE_ANSWER, codec::NOOP, codec::ENGINE_CLOSE, codec::DISCONNECT]
        {
            out.extend_from_slice(packet);
        }
    });
    insta::assert_snapshot!(text);
}

#[test]
fn the_rooms_vocabulary() {
    use Presence::{Away, Offline, Online};
    let text = lines(|out| {
        codec::write_history(out, &slug("general"), &[message(128, "hi"), message(128, "\"\n\u{1e}")]);
        codec::write_people(out, &[user(7, "Alex"), user(8, "Sam")]);
        codec::write_rooms_error(out, "Join a room first.");
        rooms().event(&address("general"), &event(128, said("hi")), out);
        for body in [edited("hi all"), deleted(), changed("hi you", false), changed("", true)] {
            rooms().event(&address("general"), &event(129, body), out);
        }
        rooms().event(&address("general"), &event(129, EventBody::Room(RoomChange::Deleted)), out);
        rooms().event(&address("general"), &event(129, member(MemberChange::Joined)), out);
        let came = change(7, "Alex", Offline, Online);
        let signal = presence(vec![came, change(8, "Sam", Online, Offline), change(9, "Kim", Online, Away)]);
        rooms().signal(&signal, None, out);
        rooms().signal(&signal, Some(UserId(7)), out);
        let typist = |user, name: &str| Typist { user: UserId(user), name: name.to_owned() };
        let (started, stopped) = (vec![typist(7, "Alex")], vec![typist(8, "Sam")]);
        let typing =
            Signal::Typing { room: address("general"), users: Vec::new(), more: 0, started, stopped };
        rooms().signal(&typing, None, out);
        rooms().signal(&typing, Some(UserId(7)), out);
        rooms().signal(&Signal::Stale, None, out);
    });
    insta::assert_snapshot!(text);
}

#[test]
fn many_who_come_are_told_in_one_line() {
    let many = |count: i64| {
        (1..=count).map(|id| change(id, &format!("P{id:03}"), Presence::Offline, Presence::Online))
    };
    let told = |count, truncated| {
        let signal = Signal::Presence {
            room: address("general"),
            online: 2000,
            changes: many(count).collect(),
            truncated,
            people: Arc::default(),
        };
        let lines = lines(|out| rooms().signal(&signal, None, out));
        lines.lines().filter(|line| line.contains("system-message")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(5, false).len(), 5);
    let [line] = told(40, false).try_into().unwrap();
    assert!(line.contains("P001, P002 and 38 others joined #general"), "{line}");
    let [line] = told(100, true).try_into().unwrap();
    assert!(line.contains("P001, P002 and many others joined #general"), "{line}");
}

#[test]
fn the_lobby_vocabulary() {
    use Presence::{Away, Offline, Online};
    let encoder = SocketIoLobbyEncoder;
    let text = lines(|out| {
        codec::write_welcome(out, &user(7, "User 7"), &[user(7, "User 7"), user(8, "Sam")], 2);
        codec::write_profile(out, &user(7, "Alex"));
        codec::write_lobby_error(out, "A name has 1 to 40 characters.");
        encoder.event(&address("general"), &event(128, said("hi")), out);
        for body in [edited("hi all"), deleted(), changed("hi you", false), changed("", true)] {
            encoder.event(&address("general"), &event(129, body), out);
        }
        encoder.event(&address("general"), &event(129, EventBody::Room(RoomChange::Deleted)), out);
        let changes = vec![
            change(7, "Alex", Offline, Online),
            change(8, "Sam", Online, Away),
            change(9, "Kim", Away, Offline),
            change(10, "Ida", Offline, Offline),
        ];
        encoder.signal(&presence(changes), Some(UserId(7)), out);
        encoder.signal(&presence(vec![change(7, "Alex", Offline, Online)]), None, out);
    });
    insta::assert_snapshot!(text);
}

#[test]
fn a_payload_has_texts_only() {
    let mut frames = Vec::from(codec::NOOP);
    write_close(&mut frames, 1000, "bye");
    frames.extend_from_slice(codec::PING);
    assert_eq!(codec::payload(&frames, Revision::Four), b"6\x1e2");
    assert_eq!(codec::payload(&[], Revision::Four), b"");
    assert_eq!(codec::payload(&[], Revision::Three), b"");
    write_text(&mut frames, |payload| payload.extend_from_slice("4€😀".as_bytes()));
    assert_eq!(codec::payload(&frames, Revision::Three), "1:61:24:4€😀".as_bytes());
}

/// The examples of the document, parsed.
fn examples() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/socketio.md");
    let document = std::fs::read_to_string(path).unwrap();
    let blocks = document.split("\n```json\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

/// One of each of what the server emits.
fn emitted() -> Vec<Value> {
    let (alex, sam) = (user(7, "Alex"), user(8, "Sam"));
    let typist = |user: &User| vec![Typist { user: user.id, name: user.name.clone() }];
    let text = lines(|out| {
        codec::write_history(out, &slug("general"), &[message(128, "hi")]);
        rooms().event(&address("general"), &event(128, said("hi")), out);
        rooms().event(&address("general"), &event(129, edited("hi all")), out);
        rooms().event(&address("general"), &event(130, deleted()), out);
        rooms().signal(&presence(vec![change(7, "Alex", Presence::Offline, Presence::Online)]), None, out);
        let typing = Signal::Typing {
            room: address("general"),
            users: Vec::new(),
            more: 0,
            started: typist(&alex),
            stopped: typist(&sam),
        };
        rooms().signal(&typing, None, out);
        codec::write_rooms_error(out, "Join a room first.");
        codec::write_welcome(out, &user(7, "User 7"), &[user(7, "User 7"), sam], 2);
        let updated = presence(vec![change(8, "Sam", Presence::Online, Presence::Away)]);
        SocketIoLobbyEncoder.signal(&updated, None, out);
        SocketIoLobbyEncoder.event(&address("general"), &event(128, said("hi")), out);
        SocketIoLobbyEncoder.event(&address("general"), &event(129, edited("hi all")), out);
        SocketIoLobbyEncoder.event(&address("general"), &event(130, deleted()), out);
        codec::write_profile(out, &alex);
        codec::write_lobby_error(out, "A name has 1 to 40 characters.");
        codec::write_ack(out, 1, &Ok(Done { seq: Some(Seq(128)), entered: None }));
        let entered = Entered { room: slug("late-night"), username: "Alex 2".to_owned() };
        codec::write_ack(out, 1, &Ok(Done { seq: Some(Seq(128)), entered: Some(entered) }));
        codec::write_ack(out, 1, &Err(ProtocolError::from(&Refusal::RateLimited { retry_after_ms: 1500 })));
    });
    let json = |line: &str| match line.strip_prefix("431[") {
        Some(ack) => serde_json::from_str(&ack[..ack.len() - 1]).unwrap(),
        None => serde_json::from_str(&line[2..]).unwrap(),
    };
    text.lines().map(json).collect()
}

fn is_known(event: &ClientEvent) -> bool {
    match event {
        ClientEvent::Join(join) => join.as_ref().is_ok_and(|join| join.username.is_ok()),
        ClientEvent::SetName(name) => name.is_ok(),
        ClientEvent::SendMessage(text) | ClientEvent::ChatMessage(text) => text.is_some(),
        ClientEvent::Leave | ClientEvent::Typing | ClientEvent::StoppedTyping => true,
        ClientEvent::Unknown(_) => false,
    }
}

#[test]
fn the_document_has_an_example_of_each_event_and_no_other() {
    let (examples, emitted) = (examples(), emitted());
    for event in &emitted {
        assert!(examples.contains(event), "the document lacks {event}");
    }
    let said = examples.iter().filter(|example| !emitted.contains(example));
    for example in said.clone() {
        let read = EnginePacket::decode(&format!("42{example}"));
        let EnginePacket::Message(ClientPacket::Event(Emit { ack: _, name, arguments })) = read else {
            panic!("{example} is read as {read:?}")
        };
        assert!(is_known(&ClientEvent::new(&name, arguments)), "nobody says {example}");
    }
    // Each of the client's events but the unknown one.
    assert_eq!(said.count(), 7);
}
