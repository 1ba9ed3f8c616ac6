use chinwag_compat::simple::codec::{ChatClientFrame, PONG, RoomClientFrame, SimpleKind, is_ping, kind};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Every key that some frame has.
const KEYS: [&str; 8] = ["type", "username", "room", "text", "isTyping", "message", "id", "other"];
const TYPES: [&str; 6] = ["join", "message", "typing", "chat", "joined", ""];

/// Reads a text in every way and asserts what holds of each; answers what it begins.
fn read(text: &str) -> Option<SimpleKind> {
    let kind = kind(text);
    let is_object = serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object());
    let sentences = [RoomClientFrame::decode(text).err(), ChatClientFrame::decode(text).err()];
    for sentence in sentences.into_iter().flatten() {
        assert!(!sentence.is_empty() && sentence.chars().count() < 300, "{sentence:?} answers {text:?}");
        let is_no_json = serde_json::from_str::<Value>(text).is_err();
        assert!(!is_no_json || is_object || sentence == "Invalid JSON", "{sentence:?} answers {text:?}");
    }
    assert_eq!(kind == Some(SimpleKind::Plain), !is_object, "{text:?}");
    kind
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        prop::sample::select(&TYPES[..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            hash_map("[a-z]{1,3}", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// An object with the keys of frames and anything as values.
fn object() -> impl Strategy<Value = Map<String, Value>> {
    let kind = prop_oneof![4 => prop::sample::select(&TYPES[..]).prop_map(Value::from), 1 => json()];
    (kind, vec((prop::sample::select(&KEYS[..]), json()), 0..6)).prop_map(|(kind, fields)| {
        let mut object: Map<_, _> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        object.insert("type".to_owned(), kind);
        object
    })
}

proptest! {
    #[test]
    fn any_text(text in "\\PC*") {
        read(&text);
    }

    #[test]
    fn any_json_but_an_object_is_bare_text(value in json()) {
        let expected = if value.is_object() { None } else { Some(SimpleKind::Plain) };
        prop_assert_eq!(read(&value.to_string()), expected);
    }

    #[test]
    fn any_object_with_the_keys_of_frames(object in object()) {
        let expected = match object["type"].as_str() {
            Some("chat") => Some(SimpleKind::Chat),
            Some("join" | "message" | "typing") => Some(SimpleKind::Room),
            _ => None,
        };
        prop_assert_eq!(read(&Value::Object(object).to_string()), expected);
    }

    #[test]
    fn a_cut_object_is_bare_text(object in object(), place in any::<prop::sample::Index>()) {
        let text = Value::Object(object).to_string();
        let ends: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        prop_assert_eq!(read(&text[..*place.get(&ends)]), Some(SimpleKind::Plain));
    }

    #[test]
    fn every_text_of_a_message_is_kept(text in any::<String>()) {
        let frame = json!({"type": "message", "text": text});
        prop_assert_eq!(RoomClientFrame::decode(&frame.to_string()), Ok(RoomClientFrame::Message { text: text.clone() }));
        let frame = json!({"type": "chat", "message": text});
        prop_assert_eq!(ChatClientFrame::decode(&frame.to_string()), Ok(ChatClientFrame::Chat { room: None, message: text }));
    }
}

#[test]
fn the_first_message_decides() {
    for text in
        ["hi", "", "{", "{hi}", "[]", "1", "\"join\"", "null", r#"["join","Alex"]"#, r#"{"type":"chat""#]
    {
        assert_eq!(kind(text), Some(SimpleKind::Plain), "{text}");
    }
    for text in ["{}", r#"{"a":1}"#, r#"{"type":5}"#, r#"{"type":"cha\u0074s"}"#, r#"{"type":"joined"}"#] {
        assert_eq!(kind(text), None, "{text}");
    }
    for text in [r#" {"type":"join"}"#, r#"{"type":"message","more":1}"#, r#"{"type":"typ\u0069ng"}"#] {
        assert_eq!(kind(text), Some(SimpleKind::Room), "{text}");
    }
    for text in [r#"{"type":"chat"}"#, "\n{\"room\":1,\"type\":\"ch\\u0061t\"}"] {
        assert_eq!(kind(text), Some(SimpleKind::Chat), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let room = |text: &str| RoomClientFrame::decode(text).unwrap_err();
    let chat = |text: &str| ChatClientFrame::decode(text).unwrap_err();
    for text in ["", "hi", "{", "{'type':'join'}", r#"{"type":"join"}}"#] {
        assert_eq!(
            (room(text), chat(text)),
            ("Invalid JSON".to_owned(), "Invalid JSON".to_owned()),
            "{text}"
        );
    }
    assert_eq!(room("[1]"), "A frame is a JSON object.");
    assert_eq!(room("{}"), "A frame has a type: join, message, typing.");
    assert_eq!(room(r#"{"type":{}}"#), "A frame has a type: join, message, typing.");
    let none = "There is no frame of type \"chat\". There are: join, message, typing.";
    assert_eq!(room(r#"{"type":"chat","message":"hi"}"#), none);
    let none = "There is no frame of type \"message\". There are: chat.";
    assert_eq!(chat(r#"{"type":"message","text":"hi"}"#), none);
    assert!(
        room(r#"{"type":"join","room":"tech"}"#)
            .starts_with("The frame cannot be read: missing field `username`")
    );
    assert!(
        room(r#"{"type":"message","text":5}"#)
            .starts_with("The frame cannot be read: invalid type: integer `5`")
    );
}

#[test]
fn deep_nesting() {
    for (open, close, expected) in [("[", "]", Some(SimpleKind::Plain)), ("{\"a\":", "}", None)] {
        let deep = format!("{}0{}", open.repeat(20_000), close.repeat(20_000));
        assert_eq!(kind(&deep), expected);
        for key in KEYS {
            let frame = format!("{{\"type\":\"join\",\"{key}\":{deep}}}");
            assert!(RoomClientFrame::decode(&frame).is_err());
            assert!(ChatClientFrame::decode(&frame).is_err());
        }
    }
}

#[test]
fn a_ping_is_a_frame_of_that_type() {
    for ping in [r#"{"type":"ping"}"#, r#" { "at": 5, "type": "ping" } "#] {
        assert!(is_ping(ping), "{ping}");
    }
    for other in ["ping", r#""ping""#, r#"{"type":"pong"}"#, r#"{"ping":1}"#, r#"["ping"]"#, "{}"] {
        assert!(!is_ping(other), "{other}");
    }
    let pong = [&[0x81, 15][..], br#"{"type":"pong"}"#].concat();
    assert_eq!(PONG, pong, "a text frame of its length");
}
