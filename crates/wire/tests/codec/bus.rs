//! What nodes tell each other comes back as it was, across versions too.

mod strategies;

use chinwag_core::domain::{
    ConnectionId, DraftPlace, EmojiName, EventBody, FileId, KeptDraft, MessageContent, MessageEvent,
    MessageKind, MessageText, Millis, NodeId, Presence, RoomEvent, RoomId, Seq, SessionId, ThreadMark,
    UserId,
};
use chinwag_core::ports::{
    BusAnswer, BusCodec as _, BusMark, BusMessage, DirectoryEvent, ListedRoom, PersonThere, PresenceNews,
    Publication, Settling, ShownAvatar, ShownEmoji, UserEvent,
};
use chinwag_wire::bus::JsonBusCodec;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use strategies::{event, overview, slug, text, user};

fn encoded(message: &BusMessage) -> Vec<u8> {
    let mut bytes = b"before".to_vec();
    JsonBusCodec.encode(message, &mut bytes);
    assert!(bytes.starts_with(b"before"), "it is appended");
    bytes.split_off(6)
}

fn decoded(value: &Value) -> Option<BusMessage> {
    JsonBusCodec.decode(value.to_string().as_bytes())
}

fn user_event() -> impl Strategy<Value = UserEvent> {
    prop_oneof![
        any::<(i64, i64, bool)>().prop_map(|(room, seq, is_shared)| UserEvent::ReadMark {
            room: RoomId(room),
            seq: Seq(seq),
            is_shared,
        }),
        any::<(i64, i64)>()
            .prop_map(|(room, seq)| UserEvent::MarkedUnread { room: RoomId(room), seq: Seq(seq) }),
        ("[a-z ]{0,9}", any::<(i64, Option<i64>, Option<i64>, i64)>()).prop_map(
            |(text, (room, thread, reply_to, at))| {
                UserEvent::Draft(Box::new(KeptDraft {
                    place: DraftPlace { room: RoomId(room), thread: thread.map(Seq) },
                    text: MessageText::exact(&text, 8000).ok(),
                    reply_to: reply_to.map(Seq),
                    at: Millis(at),
                }))
            },
        ),
        any::<bool>().prop_map(|is_due| UserEvent::ScheduleChanged { is_due }),
        any::<i64>().prop_map(|revision| UserEvent::SettingsChanged { revision }),
        any::<(i64, i64, bool, i64)>().prop_map(|(room, root, follows, read)| UserEvent::ThreadMark {
            room: RoomId(room),
            root: Seq(root),
            mark: ThreadMark { follows, read: Seq(read) },
        }),
        overview().prop_map(|room| UserEvent::MembershipBegan(Box::new(room))),
        any::<(i64, i64, bool)>().prop_map(|(room, at, is_gone)| UserEvent::MembershipEnded {
            room: RoomId(room),
            at: Seq(at),
            is_gone,
        }),
        (user(), any::<u32>()).prop_map(|(user, renames)| UserEvent::Renamed { user, renames }),
        any::<i64>().prop_map(|session| UserEvent::SessionEnded(SessionId(session))),
        any::<i64>().prop_map(|session| UserEvent::SessionRevoked(SessionId(session))),
    ]
}

fn publication() -> impl Strategy<Value = Publication> {
    let person = (any::<i64>(), option::of(any::<u64>()), user_event()).prop_map(|(user, except, event)| {
        Publication::Person { user: UserId(user), except: except.map(ConnectionId), event }
    });
    let listed = (any::<(i64, i64)>(), slug(), text(), text()).prop_map(|((id, at), slug, title, topic)| {
        DirectoryEvent::Listed { room: ListedRoom { id: RoomId(id), slug, title, topic }, at: Seq(at) }
    });
    let removed = any::<(i64, i64)>()
        .prop_map(|(room, at)| DirectoryEvent::Removed { room: RoomId(room), at: Seq(at) });
    let avatar =
        (option::of(any::<i64>()), option::of(any::<[u8; 16]>()), any::<i64>()).prop_map(|(user, id, at)| {
            let shown = ShownAvatar { person: user.map(UserId), avatar: id.map(FileId::new) };
            DirectoryEvent::Avatar { shown, at: Millis(at) }
        });
    let emoji =
        ("[a-z0-9_+-]{2,32}", option::of(any::<[u8; 16]>()), any::<i64>()).prop_map(|(name, id, at)| {
            let shown = ShownEmoji { name: EmojiName::stored(&name).unwrap(), picture: id.map(FileId::new) };
            DirectoryEvent::Emoji { shown, at: Millis(at) }
        });
    prop_oneof![
        2 => event().prop_map(|event| Publication::Room(Arc::new(event))),
        1 => person,
        1 => prop_oneof![listed, removed, avatar, emoji].prop_map(Publication::Directory),
    ]
}

fn mark() -> impl Strategy<Value = BusMark> {
    let what = prop_oneof![
        (any::<i64>(), 0..=i64::MAX).prop_map(|(room, seq)| Settling::Room(RoomId(room), Seq(seq))),
        any::<(i64, i64)>().prop_map(|(user, session)| Settling::Session(UserId(user), SessionId(session))),
    ];
    (any::<u64>(), what).prop_map(|(id, what)| BusMark { id, what })
}

fn person() -> impl Strategy<Value = PersonThere> {
    let presence = prop_oneof![Just(Presence::Online), Just(Presence::Away)];
    let rooms = vec(any::<i64>().prop_map(RoomId), 0..3);
    (user(), presence, option::of(text()), rooms).prop_map(|(user, presence, via, rooms)| PersonThere {
        user,
        presence,
        via,
        rooms,
    })
}

fn presence() -> impl Strategy<Value = PresenceNews> {
    let part = (any::<(i64, i64)>(), vec(person(), 0..3)).prop_map(|((after, until), people)| {
        PresenceNews::Part { after: UserId(after), until: UserId(until), people }
    });
    let typing = any::<(i64, i64, bool)>().prop_map(|(room, user, types)| PresenceNews::Typing {
        room: RoomId(room),
        user: UserId(user),
        types,
    });
    prop_oneof![
        vec(person(), 0..3).prop_map(PresenceNews::Changed),
        vec(any::<i64>().prop_map(UserId), 0..3).prop_map(PresenceNews::Gone),
        part,
        typing,
        Just(PresenceNews::Asked),
    ]
}

fn message() -> impl Strategy<Value = BusMessage> {
    let answer = any::<(i64, u64)>().prop_map(|(to, id)| BusAnswer { to: NodeId(to), id });
    let parts = (vec(publication(), 0..6), vec(presence(), 0..4), vec(mark(), 0..3), vec(answer, 0..3));
    (any::<(i64, u64, bool)>(), parts).prop_map(
        |((node, number, after_loss), (publications, presence, marks, answers))| BusMessage {
            node: NodeId(node),
            number,
            after_loss,
            publications,
            presence,
            marks,
            answers,
        },
    )
}

/// Puts a field that nobody knows into every object that has several: one with a single key may be a kind.
fn with_new_fields(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(with_new_fields);
            if fields.len() > 1 {
                fields.insert("ofTomorrow".to_owned(), json!([{ "deep": null }]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(with_new_fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_it_was(message in message()) {
        prop_assert_eq!(JsonBusCodec.decode(&encoded(&message)), Some(message));
    }

    #[test]
    fn fields_of_a_later_version_are_left_aside(message in message()) {
        let mut value: Value = serde_json::from_slice(&encoded(&message)).unwrap();
        with_new_fields(&mut value);
        prop_assert_eq!(decoded(&value), Some(message));
    }

    #[test]
    fn a_part_of_a_later_version_is_left_out_and_missed(
        message in message(),
        parts in vec((any::<prop::sample::Index>(), 0..5_usize), 1..4),
    ) {
        let mut value: Value = serde_json::from_slice(&encoded(&message)).unwrap();
        let foreign = [
            json!({ "reaction": { "room": 1 } }),
            json!({ "event": { "room": 1, "seq": 2, "at": 3, "actor": 4, "name": "Alex", "body": { "pinned": {} } } }),
            json!({ "event": { "room": "five" } }),
            json!({ "news": { "listed": { "room": { "id": 1, "slug": "", "title": "", "topic": "" }, "at": 1 } } }),
            json!(["what"]),
        ];
        let known = value.as_object_mut().unwrap().entry("parts").or_insert_with(|| json!([])).as_array_mut().unwrap();
        for (place, which) in parts {
            known.insert(place.index(known.len() + 1), foreign[which].clone());
        }
        prop_assert_eq!(decoded(&value), Some(BusMessage { after_loss: true, ..message }));
    }

    #[test]
    fn a_message_that_is_cut_is_none(message in message(), place in any::<prop::sample::Index>()) {
        let bytes = encoded(&message);
        prop_assert_eq!(JsonBusCodec.decode(&bytes[..place.index(bytes.len())]), None);
    }

    #[test]
    fn a_message_with_a_wrong_byte_is_no_panic(
        message in message(), place in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let mut bytes = encoded(&message);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        _ = JsonBusCodec.decode(&bytes);
    }

    #[test]
    fn other_bytes_are_none(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(JsonBusCodec.decode(&bytes), None);
    }
}

#[test]
fn a_format_of_which_nothing_is_known_is_none() {
    let beat = json!({ "v": 1, "node": 7, "n": 9 });
    let expected = BusMessage {
        node: NodeId(7),
        number: 9,
        after_loss: false,
        publications: Vec::new(),
        presence: Vec::new(),
        marks: Vec::new(),
        answers: Vec::new(),
    };
    assert_eq!(decoded(&beat), Some(expected));
    for wrong in [
        json!({ "v": 2, "node": 7, "n": 9 }),
        json!({ "v": 1, "node": 7 }),
        json!({ "v": 1, "n": 9 }),
        json!({ "node": 7, "n": 9 }),
        json!({ "v": 1, "node": 7, "n": -9 }),
        json!([1, 7, 9, false, []]),
        json!(null),
    ] {
        assert_eq!(decoded(&wrong), None, "{wrong}");
    }
}

#[test]
fn a_place_that_is_in_no_log_is_left_out_and_missed() {
    let with = |part: Value| decoded(&json!({ "v": 1, "node": 7, "n": 9, "parts": [part] })).unwrap();
    let event = |seq: i64| {
        let posted = json!({ "posted": { "kind": "text", "text": "Hello", "clientId": "a1" } });
        json!({ "event": { "room": 1, "seq": seq, "at": 3, "actor": 4, "name": "Alex", "body": posted } })
    };
    let mark = |seq: i64| json!({ "mark": { "id": 1, "what": { "room": { "room": 1, "seq": seq } } } });
    for seq in [i64::MIN, -1, 0] {
        let told = with(event(seq));
        assert!(told.after_loss && told.publications.is_empty(), "{told:?}");
    }
    for seq in [i64::MIN, -1] {
        let told = with(mark(seq));
        assert!(told.after_loss && told.marks.is_empty(), "{told:?}");
    }
    for seq in [1, i64::MAX] {
        let told = with(event(seq));
        assert!(!told.after_loss && told.publications.len() == 1, "{told:?}");
    }
    assert!(!with(mark(0)).after_loss && with(mark(0)).marks.len() == 1);
}

#[test]
fn a_message_reads_like_this() {
    let content = MessageContent::new(MessageKind::Text, "Hello", "a1");
    let event = RoomEvent {
        room: RoomId(3),
        seq: Seq(12),
        at: Millis(1_700_000_000_000),
        actor: UserId(5),
        name: "Alex".to_owned(),
        body: EventBody::Message(MessageEvent::Posted(content)),
    };
    let mark = UserEvent::ReadMark { room: RoomId(3), seq: Seq(12), is_shared: false };
    let publications = vec![
        Publication::Room(Arc::new(event)),
        Publication::Person { user: UserId(5), except: Some(ConnectionId(8)), event: mark },
    ];
    let message = BusMessage {
        node: NodeId(2),
        number: 40,
        after_loss: false,
        publications,
        presence: Vec::new(),
        marks: Vec::new(),
        answers: Vec::new(),
    };
    let value: Value = serde_json::from_slice(&encoded(&message)).unwrap();
    let posted = json!({ "posted": { "kind": "text", "text": "Hello", "clientId": "a1" } });
    let event = json!({ "room": 3, "seq": 12, "at": 1_700_000_000_000_i64, "actor": 5, "name": "Alex", "body": posted });
    let mark =
        json!({ "person": { "user": 5, "except": 8, "what": { "readMark": { "room": 3, "seq": 12 } } } });
    assert_eq!(value, json!({ "v": 1, "node": 2, "n": 40, "parts": [{ "event": event }, { "news": mark }] }));
}
