//! The bytes of every frame that the server writes. A change here is a change of the protocol: `docs/native-protocol.md` has to
//! say it, too.

use chinwag_core::chat::{Effect, LimitsInfo, Reply, RoomListing, RoomView};
use chinwag_core::domain::{
    EventBody, Member, Millis, Page, Presence, Refusal, RoomEvent, RoomId, RoomOverview, RoomSlug, Seq, User,
    UserId, Via,
};
use chinwag_core::ports::{Encoder as _, ListedRoom, PresenceChange, Signal, Typist};
use chinwag_wire::native::{ErrorCode, NativeEncoder, ProtocolError, Ref, ServerFrame};
use chinwag_wire::websocket::{Decoder, Incoming};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::ControlFlow;

/// The JSON of one finished frame, read back through a client's mask.
fn json(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    // The decoder reads what clients write: the same frame with a mask of zeros.
    let header = match bytes[1] {
        126 => 4,
        127 => 10,
        _ => 2,
    };
    bytes[1] |= 0x80;
    bytes.splice(header..header, [0; 4]);
    let mut text = String::new();
    let mut sink = |incoming: Incoming<'_>| {
        let Incoming::Text(json) = incoming else { panic!("{incoming:?} is no text") };
        text.push_str(json);
        ControlFlow::Continue(())
    };
    Decoder::new(1 << 20).feed(&mut bytes, &mut sink).unwrap();
    text
}

fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

fn alex() -> User {
    User { id: UserId(7), name: "Alex".to_owned(), guest: true }
}

fn general() -> RoomOverview {
    RoomOverview {
        id: RoomId(1),
        slug: slug("general"),
        title: "General".to_owned(),
        topic: "Everything and anything".to_owned(),
        first: Seq(1),
        head: Seq(128),
        read: Seq(120),
        unread: 7,
        member: true,
        mine: false,
    }
}

fn event(seq: i64, body: EventBody) -> RoomEvent {
    let at = Millis(1_795_341_600_000 + seq);
    RoomEvent { room: RoomId(1), seq: Seq(seq), at, actor: UserId(7), name: "Alex".to_owned(), body }
}

fn message() -> RoomEvent {
    event(
        127,
        EventBody::Message {
            text: "\"Hi\"\n\u{1}é😀</script>".to_owned(), client_id: "0b4c0f0e".to_owned()
        },
    )
}

fn page() -> Page {
    Page {
        messages: vec![message()],
        events: vec![event(128, EventBody::MemberJoined)],
        has_before: true,
        has_after: false,
    }
}

fn view() -> Box<RoomView> {
    let members = vec![Member { user: alex(), presence: Presence::Online, via: Via::Native }];
    Box::new(RoomView {
        room: general(),
        page: page(),
        members,
        member_count: 1,
        online: 1,
        people: Vec::new(),
    })
}

fn events() -> Vec<RoomEvent> {
    let (title, topic) = ("Coffee".to_owned(), String::new());
    vec![
        message(),
        event(128, EventBody::MemberJoined),
        event(129, EventBody::MemberLeft),
        event(130, EventBody::MemberRenamed { old_name: "Al".to_owned() }),
        event(131, EventBody::RoomCreated { title: title.clone(), topic: topic.clone() }),
        event(132, EventBody::RoomUpdated { title, topic }),
        event(133, EventBody::RoomDeleted),
    ]
}

fn replies() -> Vec<Reply> {
    let limits = LimitsInfo { message_length: 2000, history_page: 200, rooms_per_person: 100 };
    let listing = || RoomListing { room: general(), online: 12 };
    let room = || slug("general");
    let members = vec![Member { user: alex(), presence: Presence::Away, via: Via::SocketIo }];
    vec![
        Reply::Welcome {
            user: alex(),
            rooms: vec![listing()],
            limits,
            server_time: Millis(1_795_341_600_000),
        },
        Reply::Joined(view()),
        Reply::Left { room: room() },
        Reply::Acked { room: room(), seq: Seq(129), at: Millis(1_795_341_602_000) },
        Reply::History { room: room(), page: page() },
        Reply::Members { room: room(), members: members.clone(), next: Some("alex".to_owned()) },
        Reply::Members { room: room(), members, next: None },
        Reply::Rooms(vec![listing()]),
        Reply::Room(listing()),
        Reply::Renamed(alex()),
        Reply::Said(Effect::Notice("There is no command /x.".to_owned())),
        Reply::Said(Effect::Renamed(alex())),
        Reply::Said(Effect::Enter(room())),
        Reply::Said(Effect::Exit(room())),
        Reply::Said(Effect::SignedOut),
        Reply::Done,
    ]
}

fn signals() -> Vec<Signal> {
    let room = || slug("general");
    let changes = vec![PresenceChange {
        user: alex(),
        before: Presence::Away,
        presence: Presence::Offline,
        via: Via::Simple,
    }];
    let people = || vec![alex()].into();
    let users = vec![Typist { user: UserId(7), name: "Alex".to_owned() }];
    vec![
        Signal::Resumed { room: room(), head: Seq(132) },
        Signal::Reset(view()),
        Signal::RoomGone { room: room() },
        Signal::Presence {
            room: room(),
            online: 11,
            changes: changes.clone(),
            truncated: false,
            people: people(),
        },
        Signal::Presence { room: room(), online: 11, changes, truncated: true, people: people() },
        Signal::Typing { room: room(), started: users.clone(), users, more: 2, stopped: Vec::new() },
        Signal::ReadMark { room: room(), seq: Seq(128) },
        Signal::Membership { room: room(), member: true },
        Signal::Directory {
            listed: vec![ListedRoom { room: room(), title: "General".to_owned(), topic: String::new() }],
            removed: vec![slug("old")],
        },
        Signal::Stale,
    ]
}

#[test]
fn every_frame_of_the_server() {
    let encoder = NativeEncoder;
    let text = |reference: &str| Some(Ref::Text(reference.into()));
    let error = ProtocolError::from(&Refusal::RateLimited { retry_after_ms: 2600 });
    let frames: Vec<String> = events()
        .iter()
        .map(|event| json(|out| encoder.event(&slug("general"), event, out)))
        .chain(replies().into_iter().map(|reply| json(|out| encoder.reply(Some(Ref::Number(5)), reply, out))))
        .chain(signals().iter().map(|signal| json(|out| encoder.signal(signal, None, out))))
        .chain([
            json(|out| encoder.reply(None, Reply::Done, out)),
            json(|out| encoder.reply(text("ref-é"), Reply::Done, out)),
            json(|out| encoder.error(text("a"), error, out)),
            json(|out| encoder.error(None, ProtocolError::new(ErrorCode::BadFrame, "Not a frame."), out)),
        ])
        .collect();

    let mut types = BTreeSet::new();
    let mut listing = String::new();
    for frame in &frames {
        let read: ServerFrame = serde_json::from_str(frame).unwrap();
        assert_eq!(&serde_json::to_string(&read).unwrap(), frame, "a client reads what was written");
        let object: serde_json::Value = serde_json::from_str(frame).unwrap();
        types.insert(object["type"].as_str().unwrap().to_owned());
        writeln!(listing, "{frame}").unwrap();
    }
    assert_eq!(types, ServerFrame::types().into_iter().map(str::to_owned).collect());
    insta::assert_snapshot!(listing);
}
