//! The bytes of every frame of the simple protocols. A change here is a change of the protocol: `docs/simple-protocol.md` has to
//! say it, too.

use crate::written::{address, changed, deleted, edited, event, member, said, slug, texts, view};
use chinwag_compat::simple::codec::{
    ChatServerFrame, PlainEncoder, PlainNamedEncoder, RoomServerFrame, SimpleChatEncoder, SimpleRoomEncoder,
};
use chinwag_core::domain::{
    EventBody, MemberChange, MessageChanges, Presence, RoomChange, RoomKind, RoomLabels, RoomSettings,
    RoomState, Seq, User, UserId,
};
use chinwag_core::ports::{Encoder, PresenceChange, Signal, Typist};
use std::collections::BTreeSet;

fn person(id: i64, name: &str) -> User {
    User::guest(UserId(id), name)
}

fn change(user: User, before: Presence, presence: Presence) -> PresenceChange {
    PresenceChange { user, before, presence, via: Some("simple") }
}

fn presence(changes: Vec<PresenceChange>, people: Vec<User>) -> Signal {
    Signal::Presence { room: address("general"), online: 2, changes, truncated: false, people: people.into() }
}

fn typing(started: &[Typist], stopped: &[Typist]) -> Signal {
    let (started, stopped) = (started.to_vec(), stopped.to_vec());
    Signal::Typing { room: address("general"), users: started.clone(), more: 0, started, stopped }
}

/// What an encoder makes of a room's events.
fn of_events(encoder: &impl Encoder) -> Vec<String> {
    let labels =
        RoomLabels { slug: Some("coffee".to_owned()), title: "Coffee".to_owned(), topic: String::new() };
    let events = [
        said("\"Hi\"\n\u{1}é😀</script> "),
        edited("Hi all"),
        deleted(),
        changed("Hi everybody", false),
        changed("", true),
        member(MemberChange::Joined),
        member(MemberChange::Left),
        member(MemberChange::Renamed { old_name: "Al".to_owned() }),
        EventBody::Room(RoomChange::Created(labels.clone())),
        EventBody::Room(RoomChange::Updated(RoomState {
            labels,
            kind: RoomKind::Public,
            was: RoomKind::Public,
            settings: RoomSettings::default(),
        })),
        EventBody::Room(RoomChange::Deleted),
    ];
    let numbered = (127..).zip(events).map(|(seq, body)| event(seq, body));
    texts(|out| numbered.for_each(|event| encoder.event(&address("general"), &event, out)))
}

fn of_signal(signal: &Signal, viewer: Option<UserId>) -> Vec<String> {
    texts(|out| SimpleRoomEncoder.signal(signal, viewer, out))
}

#[test]
fn every_frame_of_the_room_vocabulary() {
    let (alex, sam) = (person(7, "Alex"), person(9, "Sam"));
    let typist = |user: &User| Typist { user: user.id, name: user.name.clone() };
    let all = vec![alex.clone(), sam.clone()];
    let mut frames = texts(|out| SimpleRoomEncoder.joined(&alex, &slug("general"), &view(all.clone()), out));
    frames.extend(of_events(&SimpleRoomEncoder));
    let came = vec![change(sam.clone(), Presence::Offline, Presence::Online)];
    let went = vec![change(sam.clone(), Presence::Away, Presence::Offline)];
    let renamed = vec![change(sam.clone(), Presence::Online, Presence::Online)];
    frames.extend(of_signal(&presence(came, all.clone()), None));
    frames.extend(of_signal(&presence(went, vec![alex.clone()]), None));
    frames.extend(of_signal(&presence(renamed, all), None));
    frames.extend(of_signal(&typing(&[typist(&alex)], &[typist(&sam)]), None));
    frames.extend(texts(|out| SimpleRoomEncoder.error("Invalid JSON".to_owned(), out)));

    let mut types = BTreeSet::new();
    for frame in &frames {
        let read: RoomServerFrame = serde_json::from_str(frame).unwrap();
        assert_eq!(&serde_json::to_string(&read).unwrap(), frame, "a client reads what was written");
        let object: serde_json::Value = serde_json::from_str(frame).unwrap();
        types.insert(object["type"].as_str().unwrap().to_owned());
    }
    assert_eq!(types, RoomServerFrame::TYPES.iter().map(|&kind| kind.to_owned()).collect());
    insta::assert_snapshot!(frames.join("\n"));
}

#[test]
fn every_frame_of_the_chat_vocabulary() {
    let mut frames = of_events(&SimpleChatEncoder);
    frames.extend(texts(|out| SimpleChatEncoder.error("Invalid JSON".to_owned(), out)));
    for frame in &frames {
        let read: ChatServerFrame = serde_json::from_str(frame).unwrap();
        assert_eq!(&serde_json::to_string(&read).unwrap(), frame, "a client reads what was written");
    }
    insta::assert_snapshot!(frames.join("\n"));
}

#[test]
fn bare_text_is_exactly_the_text() {
    assert_eq!(of_events(&PlainEncoder), ["\"Hi\"\n\u{1}é😀</script> "]);
    assert_eq!(of_events(&PlainNamedEncoder), ["Alex: \"Hi\"\n  \u{1}é😀</script> "]);
    assert_eq!(texts(|out| PlainEncoder.error("Not so fast.", out)), ["[Chinwag] Not so fast."]);
}

#[test]
fn whoever_comes_does_not_see_what_was_deleted() {
    let mut view = view(Vec::new());
    let gone = MessageChanges {
        last: Seq(127),
        edited: None,
        is_deleted: true,
        is_pinned: false,
        reactions: Vec::new(),
    };
    view.page.messages[0].content.changes = Some(Box::new(gone));
    let frames = texts(|out| SimpleRoomEncoder.joined(&person(7, "Alex"), &slug("general"), &view, out));
    assert!(frames[0].contains(r#""history":[]"#), "{frames:?}");
}

#[test]
fn ones_own_doings_are_told_to_the_others_only() {
    let (alex, sam) = (person(7, "Alex"), person(9, "Sam"));
    let typists = [&alex, &sam].map(|user| Typist { user: user.id, name: user.name.clone() });
    let signals = [
        presence(vec![change(alex.clone(), Presence::Offline, Presence::Online)], vec![alex, sam]),
        typing(&typists[..1], &[]),
        typing(&[], &typists[..1]),
    ];
    for signal in &signals {
        assert_eq!(of_signal(signal, None).len(), 1);
        assert_eq!(of_signal(signal, Some(UserId(7))), Vec::<String>::new());
        assert_eq!(of_signal(signal, Some(UserId(9))), of_signal(signal, None));
    }
}

#[test]
fn many_who_come_at_once_cost_a_bounded_number_of_bytes() {
    let people: Vec<_> = (0..500).map(|id| person(id, &format!("Somebody with no. {id}"))).collect();
    let came: Vec<_> = people
        .iter()
        .take(100)
        .map(|user| change(user.clone(), Presence::Offline, Presence::Online))
        .collect();
    let frames = of_signal(&presence(came, people), None);
    let bytes: usize = frames.iter().map(String::len).sum();
    assert!(!frames.is_empty() && bytes < 100 * 1024, "{} frames of {bytes} bytes", frames.len());
    let last: RoomServerFrame = serde_json::from_str(frames.last().unwrap()).unwrap();
    let RoomServerFrame::UserJoined { users, .. } = last else { panic!("{last:?}") };
    assert_eq!(users.len(), 500);
}
