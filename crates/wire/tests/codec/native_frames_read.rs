use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{Presence, RoomSlug, Seq, Window};
use chinwag_wire::native::{ClientFrame, ErrorCode, Ref, Wish, decode};

/// One frame of each type with as little in it as may be, and what it means.
fn smallest() -> Vec<(&'static str, &'static str)> {
    vec![
        ("hello", r#"{"type":"hello","ref":1,"token":"t"}"#),
        ("join", r#"{"type":"join","ref":1,"room":"general"}"#),
        ("leave", r#"{"type":"leave","ref":1,"room":"general"}"#),
        ("send", r#"{"type":"send","ref":1,"room":"general","clientId":"a","text":""}"#),
        ("say", r#"{"type":"say","ref":1,"room":"general","clientId":"a","text":"/help"}"#),
        ("history", r#"{"type":"history","ref":1,"room":"general"}"#),
        ("members", r#"{"type":"members","ref":1,"room":"general"}"#),
        ("rooms", r#"{"type":"rooms","ref":1}"#),
        ("createRoom", r#"{"type":"createRoom","ref":1,"room":"tea","title":"Tea"}"#),
        ("updateRoom", r#"{"type":"updateRoom","ref":1,"room":"tea"}"#),
        ("deleteRoom", r#"{"type":"deleteRoom","ref":1,"room":"tea"}"#),
        ("rename", r#"{"type":"rename","ref":1,"name":"Al"}"#),
        ("read", r#"{"type":"read","ref":1,"room":"general","seq":1}"#),
        ("typing", r#"{"type":"typing","ref":1,"room":"general"}"#),
        ("presence", r#"{"type":"presence","ref":1,"state":"away"}"#),
        ("ping", r#"{"type":"ping","ref":1}"#),
    ]
}

fn command(text: &str) -> ClientCommand {
    match decode(text).unwrap().wish {
        Wish::Command(command) => command,
        Wish::SignIn { .. } | Wish::Ping => panic!("{text} is a command"),
    }
}

fn code(text: &str) -> ErrorCode {
    decode(text).unwrap_err().error.code
}

fn general() -> RoomSlug {
    RoomSlug::parse("general").unwrap()
}

#[test]
fn every_type_is_read() {
    let types: Vec<_> = smallest().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(types, ClientFrame::TYPES);
    for (kind, text) in smallest() {
        let request = decode(text).unwrap();
        assert_eq!(request.reference, Some(Ref::Number(1)), "{kind}");
        // The same frame through the type that clients write with.
        let frame: ClientFrame = serde_json::from_str(text).unwrap();
        assert_eq!(decode(&serde_json::to_string(&frame).unwrap()), Ok(request), "{kind}");
    }
}

#[test]
fn every_required_field_is_missed() {
    for (kind, text) in smallest() {
        let whole: serde_json::Map<_, _> = serde_json::from_str(text).unwrap();
        for key in whole.keys().filter(|key| !["type", "ref"].contains(&key.as_str())) {
            let mut part = whole.clone();
            part.remove(key);
            let refused = decode(&serde_json::to_string(&part).unwrap()).unwrap_err();
            assert_eq!(refused.error.code, ErrorCode::BadFrame, "{kind} without {key}");
            assert!(refused.error.message.contains(key), "{:?} does not name {key}", refused.error.message);
            assert_eq!(refused.reference, Some(Ref::Number(1)));
        }
    }
}

#[test]
fn what_is_left_out_has_its_default() {
    assert_eq!(
        command(r#"{"type":"join","room":"general"}"#),
        ClientCommand::Join { room: general(), limit: 50 }
    );
    assert_eq!(
        command(r#"{"type":"history","room":"general"}"#),
        ClientCommand::History { room: general(), window: Window::Latest, limit: 50 }
    );
    assert_eq!(
        command(r#"{"type":"members","room":"general"}"#),
        ClientCommand::Members { room: general(), after: None, limit: 100 }
    );
}

#[test]
fn keys_may_come_in_any_order_escaped_and_with_others() {
    let text = r#" {"limit":3, "new":{"type":"leave"}, "room":"gener\u0061l", "ref":"\u00e9", "typ\u0065":"j\u006fin"} "#;
    let request = decode(text).unwrap();
    assert_eq!(request.reference, Some(Ref::Text("é".into())));
    assert_eq!(request.wish, Wish::Command(ClientCommand::Join { room: general(), limit: 3 }));
}

#[test]
fn windows_of_history() {
    let window = |field: &str| {
        let command = command(&format!(r#"{{"type":"history","room":"general",{field}}}"#));
        let ClientCommand::History { window, .. } = command else { panic!("{command:?} is not for history") };
        window
    };
    assert_eq!(window(r#""before":9"#), Window::Before(Seq(9)));
    assert_eq!(window(r#""around":9"#), Window::Around(Seq(9)));
    assert_eq!(window(r#""after":9"#), Window::After(Seq(9)));
    assert_eq!(code(r#"{"type":"history","room":"general","before":9,"after":3}"#), ErrorCode::BadFrame);
}

#[test]
fn states_of_presence() {
    for (state, presence) in [("online", Presence::Online), ("away", Presence::Away)] {
        let text = format!(r#"{{"type":"presence","state":"{state}"}}"#);
        assert_eq!(command(&text), ClientCommand::Presence { presence });
    }
    assert_eq!(code(r#"{"type":"presence","state":"offline"}"#), ErrorCode::BadFrame);
    assert_eq!(code(r#"{"type":"presence","state":"asleep"}"#), ErrorCode::BadFrame);
}

#[test]
fn rules_of_the_domain_have_their_codes() {
    for (text, expected) in [
        (r#"{"type":"join","room":"No Slug"}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"hello","token":"t","rooms":{"No Slug":1}}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"createRoom","room":"tea","title":" "}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"updateRoom","room":"tea","topic":"two\nlines"}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"rename","name":"x"}"#, ErrorCode::NameInvalid),
        (r#"{"type":"send","room":"general","clientId":"","text":"hi"}"#, ErrorCode::ClientIdInvalid),
        (r#"{"type":"send","room":"general","clientId":"a b","text":"hi"}"#, ErrorCode::ClientIdInvalid),
        (r#"{"type":"shout"}"#, ErrorCode::UnknownType),
        (r#"{"type":""}"#, ErrorCode::UnknownType),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}
