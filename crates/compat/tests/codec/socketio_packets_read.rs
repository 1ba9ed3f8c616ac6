//! What a Socket.IO client sends, and whatever else may come in its place.

use chinwag_compat::socketio::codec::{
    Auth, ClientEvent, ClientPacket, Emit, EnginePacket, Join, Offset, PrivateId, Revision, packets,
};
use chinwag_core::domain::{Refusal, RoomSlug, Seq, UserId, UserName};
use proptest::prelude::*;
use serde_json::{Value, json};

fn message(text: &str) -> ClientPacket {
    let read = EnginePacket::decode(text);
    let EnginePacket::Message(packet) = read else { panic!("{text:?} was read as {read:?}") };
    packet
}

fn request(text: &str) -> Emit {
    let packet = message(text);
    let ClientPacket::Event(request) = packet else { panic!("{text:?} was read as {packet:?}") };
    request
}

fn event(text: &str) -> ClientEvent {
    let Emit { ack: _, name, arguments } = request(text);
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
        ("2", EnginePacket::Ping),
        ("3", EnginePacket::Pong),
        ("5", EnginePacket::Upgrade),
        ("6", EnginePacket::Noop),
    ] {
        assert_eq!(EnginePacket::decode(text), packet);
    }
    for broken in ["0{}", "2x", "bAAEC", "5x"] {
        assert!(matches!(EnginePacket::decode(broken), EnginePacket::Broken(_)), "{broken:?}");
    }
    for unreadable in ["", "7", "é", "abc"] {
        assert!(matches!(EnginePacket::decode(unreadable), EnginePacket::Unreadable(_)), "{unreadable:?}");
    }
}

#[test]
fn a_payload_has_its_packets_in_order() {
    let payload = "40\u{1e}42[\"leave\"]\u{1e}3\u{1e}1";
    let read: Vec<_> = packets(payload, Revision::Four).map(EnginePacket::decode).collect();
    let leave = ClientPacket::Event(Emit { ack: None, name: "leave".to_owned(), arguments: Vec::new() });
    let connect = ClientPacket::Connect { auth: Auth::default() };
    let expected = [
        EnginePacket::Message(connect),
        EnginePacket::Message(leave),
        EnginePacket::Pong,
        EnginePacket::Close,
    ];
    assert_eq!(read, expected);
}

#[test]
fn a_payload_of_revision_3_counts_as_its_clients_do() {
    let read = |payload| packets(payload, Revision::Three).map(EnginePacket::decode).collect::<Vec<_>>();
    let said = EnginePacket::decode;
    assert_eq!(read(r#"1:215:42["say","€😀"]1:1"#), [said("2"), said(r#"42["say","€😀"]"#), said("1")]);
    assert_eq!(read("0:1:3"), [EnginePacket::decode(""), said("3")]);
    assert_eq!(read(""), []);
    for broken in ["2:3", "x:3", "-1:3", ":3", "1", "99999999999999999999:3", "1:😀"] {
        assert!(matches!(read(broken)[..], [EnginePacket::Unreadable(_)]), "{broken:?}");
    }
    assert!(matches!(read("3:4😀")[..], [EnginePacket::Broken(_)]));
}

#[test]
fn the_handshake() {
    let auth = |text: &str| {
        let ClientPacket::Connect { auth } = message(text) else { panic!("{text:?} connects nobody") };
        auth
    };
    for (text, token) in [
        ("40", None),
        ("40{}", None),
        ("40/,", None),
        (r#"40{"token":"abc","other":1}"#, Some("abc")),
        (r#"40/?x=1,{"token":null}"#, None),
        (r#"40{"token":""}"#, None),
        (r#"40{"token":123}"#, Some("123")),
        (r#"40{"token":{"a":[1,2]}}"#, Some("true")),
    ] {
        assert_eq!(auth(text).token().as_deref(), token, "{text}");
    }
    let back = auth(r#"40{"pid":"7-1f0e5d2c-a-b.x","offset":"joinRoom/den:12"}"#);
    assert_eq!(
        back.private_id(),
        Some(PrivateId {
            user: UserId(7),
            epoch: "1f0e5d2c".to_owned(),
            secret: "a-b".to_owned(),
            turn: "x".to_owned()
        })
    );
    let den =
        Offset { preset: Some("joinRoom".to_owned()), room: RoomSlug::parse("den").unwrap(), seq: Seq(12) };
    assert_eq!(back.offset(), Some(den.clone()));
    let silent = auth(r#"40{"offset":"/den:12"}"#).offset();
    assert_eq!(silent, Some(Offset { preset: None, ..den.clone() }));
    let own = auth(r#"40{"serverOffset":"a/b/den:12","offset":"joinRoom/den:9"}"#).offset();
    assert_eq!(own, Some(Offset { preset: Some("a/b".to_owned()), ..den }));
    for text in [
        r#"{"pid":7}"#,
        r#"{"pid":"7"}"#,
        r#"{"pid":"x-y"}"#,
        r#"{"pid":"7-y"}"#,
        r#"{"offset":12,"serverOffset":0}"#,
        r#"{"offset":"den:12"}"#,
        r#"{"offset":"/den"}"#,
        r#"{"offset":"/***:12"}"#,
        r#"{"offset":"/den:99999999999999999999"}"#,
        r#"{"offset":"/den:-1"}"#,
        r#"{"offset":""}"#,
    ] {
        let auth = auth(&format!("40{text}"));
        assert_eq!((auth.private_id(), auth.offset()), (None, None), "{text}");
    }
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
    assert_eq!(event(r#"42["join",{"username":"Alex","room":42}]"#), join(Some("42")));
    assert_eq!(event(r#"42["join",{"username":"Alex"}]"#), join(None));
    assert!(matches!(
        event(r#"42["join",{"username":7,"room":"general"}]"#),
        ClientEvent::Join(Ok(Join { username: Err(Refusal::NameInvalid(_)), .. }))
    ));
    for text in [r#"42["join",{"username":"Alex","room":"***"}]"#, r#"42["join",{"room":[3]}]"#] {
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
    fn any_payload_is_read_or_broken(text in "([0-9]{1,3}:)?\\PC{0,40}") {
        for revision in [Revision::Three, Revision::Four] {
            prop_assert!(packets(&text, revision).count() <= text.len() + 1);
        }
    }

    #[test]
    fn any_text_is_read_or_broken(text in "\\PC*") {
        let read = EnginePacket::decode(&text);
        prop_assert!(!matches!(read, EnginePacket::Message(_)) || text.starts_with('4'));
    }

    #[test]
    fn what_looks_like_a_packet_is_read_or_broken(text in "4[0-6]{0,2}(/[a-z]{0,3},)?[0-9]{0,25}[\\[\\{\"a-z:,\\}\\]\\-]{0,20}") {
        if let EnginePacket::Broken(sentence) | EnginePacket::Unreadable(sentence) =
            EnginePacket::decode(&text) {
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
