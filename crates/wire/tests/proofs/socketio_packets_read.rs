//! What a Socket.IO client sends, and whatever else may come in its place.

use chinwag_core::domain::{Refusal, RoomSlug, UserName};
use chinwag_wire::socketio::{ClientEvent, ClientPacket, EnginePacket, Join, Request, packets};
use proptest::prelude::*;
use serde_json::{Value, json};

fn message(text: &str) -> ClientPacket {
    let read = EnginePacket::decode(text);
    let EnginePacket::Message(packet) = read else { panic!("{text:?} was read as {read:?}") };
    packet
}

fn request(text: &str) -> Request {
    let packet = message(text);
    let ClientPacket::Event(request) = packet else { panic!("{text:?} was read as {packet:?}") };
    request
}

fn event(text: &str) -> ClientEvent {
    let Request { ack: _, name, arguments } = request(text);
    ClientEvent::new(&name, arguments)
}

fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

#[test]
fn the_transport() {
    for (text, packet) in [
        ("1", EnginePacket::Close),
        ("2probe", EnginePacket::Probe),
        ("3", EnginePacket::Pong),
        ("5", EnginePacket::Upgrade),
        ("6", EnginePacket::Noop),
    ] {
        assert_eq!(EnginePacket::decode(text), packet);
    }
    for broken in ["", "0{}", "2", "7", "bAAEC", "é", "5x"] {
        assert!(matches!(EnginePacket::decode(broken), EnginePacket::Broken(_)), "{broken:?}");
    }
}

#[test]
fn a_payload_has_its_packets_in_order() {
    let payload = "40\u{1e}42[\"leave\"]\u{1e}3\u{1e}1";
    let read: Vec<_> = packets(payload).collect();
    let leave = ClientPacket::Event(Request { ack: None, name: "leave".to_owned(), arguments: Vec::new() });
    let connect = ClientPacket::Connect { token: None };
    let expected = [
        EnginePacket::Message(connect),
        EnginePacket::Message(leave),
        EnginePacket::Pong,
        EnginePacket::Close,
    ];
    assert_eq!(read, expected);
}

#[test]
fn the_handshake() {
    let connect = |token: Option<&str>| ClientPacket::Connect { token: token.map(str::to_owned) };
    assert_eq!(message("40"), connect(None));
    assert_eq!(message("40{}"), connect(None));
    assert_eq!(message("40/,"), connect(None));
    assert_eq!(message("40{\"token\":\"abc\",\"other\":1}"), connect(Some("abc")));
    assert_eq!(message("40/?x=1,{\"token\":null}"), connect(None));
    assert_eq!(message("40{\"token\":\"\"}"), connect(None));
    assert_eq!(message("40{\"token\":123}"), connect(Some("123")));
    for (text, namespace) in [("40/admin,", "/admin"), ("40/admin?a=b,{}", "/admin"), ("40/admin", "/admin")]
    {
        assert_eq!(message(text), ClientPacket::ConnectElsewhere { namespace: namespace.to_owned() });
    }
    assert_eq!((message("41"), message("43[1]")), (ClientPacket::Disconnect, ClientPacket::Ack));
    for broken in ["40[]", "40{", "41/admin,", "42/admin,[\"leave\"]", "45-[\"a\"]", "44", "4"] {
        assert!(matches!(EnginePacket::decode(broken), EnginePacket::Broken(_)), "{broken:?}");
    }
}

#[test]
fn the_rooms_vocabulary() {
    let join = |room: Option<&str>| {
        let room = room.map(|room| RoomSlug::parse(room).unwrap());
        ClientEvent::Join(Ok(Join { username: Ok(name("Alex")), room }))
    };
    assert_eq!(event(r#"42["join",{"username":"Alex","room":"general"}]"#), join(Some("general")));
    assert_eq!(event(r#"42["join",{"username":"Alex","room":"The Bar"}]"#), join(Some("the-bar")));
    assert_eq!(event(r#"42["join",{"username":"Alex"}]"#), join(None));
    assert!(matches!(
        event(r#"42["join",{"username":7,"room":"general"}]"#),
        ClientEvent::Join(Ok(Join { username: Err(Refusal::NameInvalid(_)), .. }))
    ));
    for text in [r#"42["join",{"username":"Alex","room":"***"}]"#, r#"42["join",{"room":3}]"#] {
        assert!(matches!(event(text), ClientEvent::Join(Err(Refusal::RoomInvalid(_)))), "{text}");
    }
    assert_eq!(event(r#"42["send-message","hi"]"#), ClientEvent::SendMessage(Some("hi".to_owned())));
    assert_eq!(event(r#"42["send-message",{"text":"hi"}]"#), ClientEvent::SendMessage(None));
    assert_eq!(event(r#"42["send-message"]"#), ClientEvent::SendMessage(None));
    assert_eq!(event(r#"42["typing"]"#), ClientEvent::Typing);
    assert_eq!(event(r#"42["stopped-typing",true]"#), ClientEvent::StoppedTyping);
    for argument in ["false", r#"{"isTyping":false}"#, r#"{"room":"a","typing":false}"#] {
        assert_eq!(event(&format!(r#"42["typing",{argument}]"#)), ClientEvent::StoppedTyping, "{argument}");
    }
    for argument in ["true", r#"{"isTyping":true}"#, "0", r#""false""#, "null"] {
        assert_eq!(event(&format!(r#"42["typing",{argument}]"#)), ClientEvent::Typing, "{argument}");
    }
    assert_eq!(event(r#"42["leave"]"#), ClientEvent::Leave);
}

#[test]
fn the_lobby_vocabulary() {
    let said = |text: &str| ClientEvent::ChatMessage(Some(text.to_owned()));
    assert_eq!(event(r#"42["chat_message",{"text":"hi"}]"#), said("hi"));
    for argument in [r#"{"text":7}"#, "{}", "\"hi\"", "null"] {
        assert_eq!(event(&format!(r#"42["chat_message",{argument}]"#)), ClientEvent::ChatMessage(None));
    }
    assert_eq!(event(r#"42["set_name",{"name":"Alex"}]"#), ClientEvent::SetName(Ok(name("Alex"))));
    assert!(matches!(event(r#"42["set_name"]"#), ClientEvent::SetName(Err(Refusal::NameInvalid(_)))));
}

#[test]
fn acknowledgements_and_names_that_nobody_knows() {
    let ack = |text| (request(text).ack, event(text));
    assert_eq!(ack(r#"4217["leave"]"#), (Some(17), ClientEvent::Leave));
    assert_eq!(ack(r#"42/,0["leave"]"#), (Some(0), ClientEvent::Leave));
    assert_eq!(ack(r#"421["dance"]"#), (Some(1), ClientEvent::Unknown("dance".to_owned())));
    assert_eq!(ack("42[5]"), (None, ClientEvent::Unknown("5".to_owned())));
    for broken in ["42", "42[]", "42{}", "42[null]", "42[[]]", "42[\"leave\"", "42\"leave\""] {
        assert!(matches!(EnginePacket::decode(broken), EnginePacket::Broken(_)), "{broken:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_broken(text in "\\PC*") {
        let read = EnginePacket::decode(&text);
        prop_assert!(!matches!(read, EnginePacket::Message(_)) || text.starts_with('4'));
    }

    #[test]
    fn what_looks_like_a_packet_is_read_or_broken(text in "4[0-6]{0,2}(/[a-z]{0,3},)?[0-9]{0,25}[\\[\\{\"a-z:,\\}\\]\\-]{0,20}") {
        if let EnginePacket::Broken(sentence) = EnginePacket::decode(&text) {
            prop_assert!(!sentence.is_empty());
        }
    }

    #[test]
    fn any_event_is_read_with_any_argument(
        name in prop_oneof![
            prop::sample::select(vec!["join", "send-message", "chat_message", "set_name", "typing"]).prop_map(str::to_owned),
            "\\PC{0,50}",
        ],
        argument in prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,30}".prop_map(Value::from),
            "\\PC{0,30}".prop_map(|text| json!({ "username": text, "room": text, "text": text, "name": text })),
        ],
        ack in any::<Option<u64>>(),
    ) {
        let number = ack.map(|ack| ack.to_string()).unwrap_or_default();
        let packet = format!("42{number}{}", json!([name, argument]));
        prop_assert_eq!(request(&packet).ack, ack);
    }
}

#[test]
fn deep_nesting_is_broken_not_deadly() {
    let deep = format!("42{}", "[".repeat(60_000));
    assert!(matches!(EnginePacket::decode(&deep), EnginePacket::Broken(_)));
}
