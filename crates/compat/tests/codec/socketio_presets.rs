//! The tables of the presets' vocabularies: what is read by them, and what a table with a mistake is told.

use crate::written::{address, did, event, said, slug};
use chinwag_compat::Protocols;
use chinwag_compat::socketio::codec::{
    self, Done, Entered, Preset, PresetAction, PresetEvent, Presets, Revision, SocketIoPresetEncoder,
};
use chinwag_core::domain::{Millis, Presence, User, UserId};
use chinwag_core::ports::{Clock, Encoder, PresenceChange, ProtocolId, Signal, Typist};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The moment of everything that is not in a log.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Millis {
        Millis(1_795_341_600_000)
    }
}

const TABLE: &str = r#"
[[presets]]
name = "test"
emits.join = [["enter", { who = "$name", where = "$room?" }]]
emits.say = [["say", "$text", "$client_id?"], ["say", { words = "$text", kind = "chat" }]]
emits.stop_typing = [["typing", false]]
emits.typing = [["typing", "$any"]]
hears.message = [["said", { id = "$id", by = "$name", low = "$lower", words = "$text", at = "$time", iso = "$iso", in = "$room" }], ["also", "$name: $text costs 5 $"]]
hears.notice = [["note", "$text"]]
hears.greeting = [["hello", "$name", "$online", "$id"]]
hears.people = [["people", "$online", ["$each", { name = "$name", in = "$room" }], ["$each", "$id", "$name"]]]
hears.joined = [["came", "$name"]]
hears.left = [["went", "$name"]]
hears.typing = [["types", "$name"]]
hears.stopped_typing = [["rests", "$name"]]
answers = { joined = ["in $room as $name"], done = [], refused = ["$text", false] }
"#;

fn preset() -> Arc<Preset> {
    Arc::clone(Presets::parse(TABLE).unwrap().all().next().unwrap())
}

fn read(name: &str, arguments: Value) -> Option<PresetEvent> {
    let Value::Array(arguments) = arguments else { panic!("arguments are a list") };
    preset().read(name, &arguments)
}

fn lines(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut frames = Vec::new();
    write(&mut frames);
    String::from_utf8(codec::payload(&frames, Revision::Four)).unwrap().replace('\u{1e}', "\n")
}

fn user(id: i64, name: &str) -> User {
    User::guest(UserId(id), name)
}

#[test]
fn an_event_is_read_when_all_that_is_wanted_stands_in_it() {
    let emitted = |action| PresetEvent { action, name: None, room: None, text: None, client_id: None };
    let entered =
        PresetEvent { name: Some("Alex".into()), room: Some("42".into()), ..emitted(PresetAction::Join) };
    assert_eq!(
        read("enter", json!([{ "who": "Alex", "where": 42, "more": [] }, "more"])),
        Some(entered.clone())
    );
    assert_eq!(read("enter", json!([{ "who": "Alex" }])), Some(PresetEvent { room: None, ..entered }));
    for wrong in
        [json!([]), json!([{ "where": "den" }]), json!([{ "who": null }]), json!(["Alex"]), json!([[]])]
    {
        assert_eq!(read("enter", wrong.clone()), None, "{wrong}");
    }
    let said = PresetEvent { text: Some("hi".into()), ..emitted(PresetAction::Say) };
    assert_eq!(read("say", json!(["hi"])), Some(said.clone()));
    assert_eq!(
        read("say", json!(["hi", "a-1"])),
        Some(PresetEvent { client_id: Some("a-1".into()), ..said.clone() })
    );
    assert_eq!(read("say", json!([{ "words": "hi", "kind": "chat" }])), Some(said));
    assert_eq!(read("say", json!([{ "words": "hi", "kind": "other" }])), None);
    assert_eq!(read("typing", json!([false])), Some(emitted(PresetAction::StopTyping)));
    assert_eq!(read("typing", json!([])), Some(emitted(PresetAction::Typing)));
    assert_eq!(read("dance", json!([])), None);
}

#[test]
fn what_is_told_stands_where_the_table_wants_it() {
    let (encoder, room) = (SocketIoPresetEncoder::new(preset(), Arc::new(Stopped)), slug("general"));
    let text = said("$name \"hi\"");
    let change = |id, name, before, presence| PresenceChange {
        user: user(id, name),
        before,
        presence,
        via: Some("socketio"),
    };
    let changes = vec![
        change(7, "Alex", Presence::Offline, Presence::Online),
        change(8, "Sam", Presence::Offline, Presence::Online),
        change(9, "Kim", Presence::Online, Presence::Offline),
        change(10, "Ida", Presence::Online, Presence::Away),
    ];
    let people = Arc::from([user(7, "Alex"), user(8, "Sam")]);
    let presence =
        Signal::Presence { room: address("general"), online: 2, changes, truncated: false, people };
    let typist = |id, name: &str| Typist { user: UserId(id), name: name.to_owned() };
    let (started, stopped) = (vec![typist(7, "Alex"), typist(8, "Sam")], vec![typist(9, "Kim")]);
    let typing = Signal::Typing { room: address("general"), users: Vec::new(), more: 0, started, stopped };
    let entered = Entered { room: room.clone(), username: "Alex".to_owned() };
    let refused = ProtocolError::new(ErrorCode::NotMember, "Join a room first.");
    insta::assert_snapshot!(lines(|out| {
        encoder.event(&address("general"), &event(128, text), out);
        encoder.signal(&presence, Some(UserId(7)), out);
        encoder.signal(&typing, Some(UserId(7)), out);
        preset().write_greeting(out, &room, &user(7, "Alex"), 2, Millis(0));
        preset().write_notice(out, &room, "Careful.", Millis(0));
        preset().write_ack(out, 1, &Ok(Done { seq: None, entered: Some(entered) }));
        preset().write_ack(out, 2, &Ok(Done::default()));
        preset().write_ack(out, 3, &Err(refused));
    }));
}

#[test]
fn what_somebody_does_stands_behind_the_name() {
    let encoder = SocketIoPresetEncoder::new(preset(), Arc::new(Stopped));
    let told = lines(|out| encoder.event(&address("general"), &event(129, did("waves")), out));
    assert!(told.contains(r#""words":"* Alex waves""#), "{told}");
}

#[test]
fn a_wrong_event_is_answered_with_the_right_one() {
    let told = |name| preset().correct(name).message;
    assert_eq!(
        told("say"),
        r#"say is emitted as ["say","$text","$client_id"] or ["say",{"kind":"chat","words":"$text"}]."#
    );
    assert_eq!(
        told("dance"),
        r#"There is no event "dance". There are enter, say, typing; see docs/socketio.md."#
    );
}

#[test]
fn a_table_with_a_mistake_is_refused_with_a_sentence() {
    for (right, wrong, sentence) in [
        ("$text\", \"$client_id?", "$txt", "preset \"test\": $txt is none of $name, $room, $text"),
        ("by = \"$name\"", "by = \"$nam\"", "preset \"test\": $nam is none of $room, $id"),
        ("hears.left", "hears.gone", "unknown field `gone`"),
        ("emits.say", "emits.typing_too", "unknown field `typing_too`"),
        ("hears.notice", "hears.greetings", "unknown field `greetings`"),
    ] {
        let mistake = Presets::parse(&TABLE.replacen(right, wrong, 1)).unwrap_err();
        assert!(mistake.contains(sentence), "{mistake}");
    }
    let most = Presets::parse(&TABLE.repeat(248)).unwrap();
    assert!(Protocols::new(most.clone(), ProtocolId(1)).is_ok());
    assert!(Protocols::new(most, ProtocolId(2)).unwrap_err().contains("248 presets, and 247 at most"));
    assert!(Presets::parse(&TABLE.repeat(257)).unwrap_err().contains("more presets"));
    let without =
        TABLE.lines().filter(|line| !line.starts_with("hears.message")).collect::<Vec<_>>().join("\n");
    assert!(Presets::parse(&without).unwrap_err().contains("it needs emits.say"));
}

#[test]
fn the_document_has_a_row_for_each_guide() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let document = fs::read_to_string(root.join("docs/socketio.md")).unwrap();
    let examples = fs::read_dir(root.join("examples/guides")).unwrap();
    let texts: Vec<_> = examples.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let presets = Presets::with_built_in(&texts.join("\n")).unwrap();
    assert_eq!(presets.all().count(), 15);
    for preset in presets.all() {
        let events: Vec<_> = preset.events().into_iter().map(|event| format!("`{event}`")).collect();
        let is_told = |row: &&str| row.starts_with("| ") && events.iter().all(|event| row.contains(event));
        assert!(document.lines().any(|row| is_told(&row)), "no row has all of {events:?}");
    }
}

#[test]
fn where_no_name_stands_the_server_signs_and_nobody_else_does() {
    let presets = Presets::with_built_in("").unwrap();
    let told = |name: &str, write: &dyn Fn(&Preset, &mut Vec<u8>)| {
        let preset = presets.all().find(|preset| preset.name == name).unwrap();
        lines(|out| write(preset, out))
    };
    let notice = |preset: &Preset, out: &mut Vec<u8>| {
        preset.write_notice(out, &slug("den"), "You are too fast.", Stopped.now());
    };
    assert!(told("chat message", &notice).contains(r#"["chat message","[Chinwag] You are too fast.""#));
    assert!(told("joinRoom", &notice).contains(r#""text":"You are too fast.""#));
    let forged = |name: &str| {
        let preset = presets.all().find(|preset| preset.name == name).unwrap();
        let encoder = SocketIoPresetEncoder::new(Arc::clone(preset), Arc::new(Stopped));
        lines(|out| encoder.event(&address("den"), &event(1, said("[Chinwag] You are too fast.")), out))
    };
    assert!(forged("chat message").contains(r#"["chat message","> [Chinwag] You are too fast.""#));
    assert!(forged("joinRoom").contains(r#""text":"[Chinwag] You are too fast.""#));
}
