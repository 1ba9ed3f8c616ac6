use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{Presence, RoomId, RoomKind, RoomReference, RoomSlug, Seq, UserId, Window};
use chinwag_wire::native::{ClientFrame, ErrorCode, Ref, Request, decode};

/// One frame of each type with as little in it as may be, and what it means.
fn smallest() -> Vec<(&'static str, &'static str)> {
    vec![
        ("hello", r#"{"type":"hello","ref":1,"token":"t"}"#),
        ("join", r#"{"type":"join","ref":1,"room":1}"#),
        ("leave", r#"{"type":"leave","ref":1,"room":1}"#),
        ("send", r#"{"type":"send","ref":1,"room":1,"clientId":"a","text":""}"#),
        ("say", r#"{"type":"say","ref":1,"room":1,"clientId":"a","text":"/help"}"#),
        ("edit", r#"{"type":"edit","ref":1,"room":1,"target":5,"clientId":"a","text":""}"#),
        ("delete", r#"{"type":"delete","ref":1,"room":1,"target":5,"clientId":"a"}"#),
        ("react", r#"{"type":"react","ref":1,"room":1,"target":9,"emoji":"🎉"}"#),
        ("unreact", r#"{"type":"unreact","ref":1,"room":1,"target":9,"emoji":"🎉"}"#),
        ("pin", r#"{"type":"pin","ref":1,"room":1,"target":9}"#),
        ("unpin", r#"{"type":"unpin","ref":1,"room":1,"target":9}"#),
        ("history", r#"{"type":"history","ref":1,"room":1}"#),
        ("thread", r#"{"type":"thread","ref":1,"room":1,"root":5}"#),
        ("threads", r#"{"type":"threads","ref":1}"#),
        ("followThread", r#"{"type":"followThread","ref":1,"room":1,"root":5}"#),
        ("unfollowThread", r#"{"type":"unfollowThread","ref":1,"room":1,"root":5}"#),
        ("readThread", r#"{"type":"readThread","ref":1,"room":1,"root":5,"seq":9}"#),
        ("members", r#"{"type":"members","ref":1,"room":1}"#),
        ("rooms", r#"{"type":"rooms","ref":1}"#),
        ("search", r#"{"type":"search","ref":1,"q":"tea"}"#),
        ("createRoom", r#"{"type":"createRoom","ref":1,"title":"Tea"}"#),
        ("openDirect", r#"{"type":"openDirect","ref":1,"users":[9]}"#),
        ("addMember", r#"{"type":"addMember","ref":1,"room":1,"userId":9}"#),
        ("removeMember", r#"{"type":"removeMember","ref":1,"room":1,"userId":9}"#),
        ("banMember", r#"{"type":"banMember","ref":1,"room":1,"userId":9}"#),
        ("unbanMember", r#"{"type":"unbanMember","ref":1,"room":1,"userId":9}"#),
        ("bans", r#"{"type":"bans","ref":1,"room":1}"#),
        ("muteMember", r#"{"type":"muteMember","ref":1,"room":1,"userId":9}"#),
        ("unmuteMember", r#"{"type":"unmuteMember","ref":1,"room":1,"userId":9}"#),
        ("report", r#"{"type":"report","ref":1,"room":1,"target":9,"reason":"Spam"}"#),
        ("setRole", r#"{"type":"setRole","ref":1,"room":1,"userId":9,"role":"owner"}"#),
        ("updateRoom", r#"{"type":"updateRoom","ref":1,"room":1}"#),
        ("deleteRoom", r#"{"type":"deleteRoom","ref":1,"room":1}"#),
        ("rename", r#"{"type":"rename","ref":1,"name":"Al"}"#),
        ("renew", r#"{"type":"renew","ref":1,"token":"cw_x"}"#),
        ("read", r#"{"type":"read","ref":1,"room":1,"seq":1}"#),
        ("markUnread", r#"{"type":"markUnread","ref":1,"room":1,"seq":5}"#),
        ("draft", r#"{"type":"draft","ref":1,"room":1,"text":""}"#),
        ("findRoom", r#"{"type":"findRoom","ref":1,"slug":"tea"}"#),
        ("typing", r#"{"type":"typing","ref":1,"room":1}"#),
        ("presence", r#"{"type":"presence","ref":1,"state":"away"}"#),
        ("ping", r#"{"type":"ping","ref":1}"#),
    ]
}

fn command(text: &str) -> ClientCommand {
    match decode(text).unwrap().request {
        Request::Command(command) => command,
        Request::SignIn { .. } | Request::Renew { .. } | Request::Ping => panic!("{text} is a command"),
    }
}

fn code(text: &str) -> ErrorCode {
    decode(text).unwrap_err().error.code
}

const GENERAL: RoomId = RoomId(1);

fn by_address(slug: &str) -> RoomReference {
    RoomSlug::parse(slug).unwrap().into()
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
        command(r#"{"type":"join","room":1}"#),
        ClientCommand::Join { room: GENERAL.into(), limit: 50 }
    );
    assert_eq!(
        command(r#"{"type":"history","room":1}"#),
        ClientCommand::History { room: GENERAL, window: Window::Latest, limit: 50 }
    );
    let window = Window::Latest;
    assert_eq!(
        command(r#"{"type":"thread","room":1,"root":5}"#),
        ClientCommand::Thread { room: GENERAL, root: Seq(5), window, limit: 50 }
    );
    assert_eq!(
        command(r#"{"type":"members","room":1}"#),
        ClientCommand::Members { room: GENERAL, after: None, limit: 100 }
    );
}

#[test]
fn keys_may_come_in_any_order_escaped_and_with_others() {
    let text = r#" {"limit":3, "new":{"type":"leave"}, "slug":"gener\u0061l", "ref":"\u00e9", "typ\u0065":"j\u006fin"} "#;
    let request = decode(text).unwrap();
    assert_eq!(request.reference, Some(Ref::Text("é".into())));
    assert_eq!(
        request.request,
        Request::Command(ClientCommand::Join { room: by_address("general"), limit: 3 })
    );
}

#[test]
fn windows_of_history() {
    let window = |field: &str| {
        let command = command(&format!(r#"{{"type":"history","room":1,{field}}}"#));
        let ClientCommand::History { window, .. } = command else { panic!("{command:?} is not for history") };
        window
    };
    assert_eq!(window(r#""before":9"#), Window::Before(Seq(9)));
    assert_eq!(window(r#""around":9"#), Window::Around(Seq(9)));
    assert_eq!(window(r#""after":9"#), Window::After(Seq(9)));
    assert_eq!(code(r#"{"type":"history","room":1,"before":9,"after":3}"#), ErrorCode::BadFrame);
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
        (r#"{"type":"join","slug":"..."}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"hello","token":"t","rooms":{"general":1}}"#, ErrorCode::BadFrame),
        (r#"{"type":"hello","token":"t","rooms":{"7":1,"07":1}}"#, ErrorCode::BadFrame),
        (r#"{"type":"hello","token":"t","rooms":{"+7":1}}"#, ErrorCode::BadFrame),
        (r#"{"type":"join"}"#, ErrorCode::BadFrame),
        (r#"{"type":"join","room":1,"slug":"general"}"#, ErrorCode::BadFrame),
        (r#"{"type":"createRoom","title":"***"}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"createRoom","title":"Tea","kind":"secret"}"#, ErrorCode::BadFrame),
        (r#"{"type":"updateRoom","room":1,"slug":"..."}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"createRoom","title":" "}"#, ErrorCode::RoomInvalid),
        (r#"{"type":"rename","name":"<b>"}"#, ErrorCode::NameInvalid),
        (r#"{"type":"search","q":" "}"#, ErrorCode::SearchInvalid),
        (r#"{"type":"search","q":"tea","before":"4711"}"#, ErrorCode::BadFrame),
        (r#"{"type":"send","room":1,"clientId":"","text":"hi"}"#, ErrorCode::ClientIdInvalid),
        (r#"{"type":"send","room":1,"clientId":"a b","text":"hi"}"#, ErrorCode::ClientIdInvalid),
        (r#"{"type":"shout"}"#, ErrorCode::UnknownType),
        (r#"{"type":""}"#, ErrorCode::UnknownType),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn a_room_is_joined_by_its_number_or_its_address() {
    let room = |text: &str| {
        let ClientCommand::Join { room, .. } = command(text) else { panic!("{text} joins") };
        room
    };
    assert_eq!(room(r#"{"type":"join","room":12}"#), RoomId(12).into());
    assert_eq!(room(r#"{"type":"join","slug":"tea"}"#), by_address("tea"));
}

#[test]
fn a_new_room_has_an_address_from_its_title_or_its_own() {
    for (fields, address) in
        [(r#""title":"Late Night""#, "late-night"), (r#""title":"Late","slug":"x""#, "x")]
    {
        let created = command(&format!(r#"{{"type":"createRoom","kind":"public",{fields}}}"#));
        let ClientCommand::CreateRoom(room) = created else { panic!("{created:?} creates no room") };
        assert_eq!((room.slug.as_str(), room.kind), (address, RoomKind::Public));
    }
}

#[test]
fn the_server_makes_the_address_of_a_private_room_and_opens_conversations_otherwise() {
    let created = command(r#"{"type":"createRoom","kind":"private","title":"...","members":[7,9]}"#);
    let ClientCommand::CreateRoom(room) = created else { panic!("{created:?} creates no room") };
    assert_eq!((room.kind, room.people), (RoomKind::Private, vec![UserId(7), UserId(9)]));
    for refused in [
        r#"{"type":"createRoom","kind":"private","title":"Tea","slug":"tea"}"#,
        r#"{"type":"createRoom","kind":"direct","title":"Tea"}"#,
        r#"{"type":"createRoom","kind":"group","title":"Tea"}"#,
    ] {
        assert_eq!(decode(refused).unwrap_err().error.code, ErrorCode::BadFrame, "{refused}");
    }
}

#[test]
fn rooms_to_resume_are_named_by_their_numbers() {
    let request = decode(r#"{"type":"hello","token":"t","rooms":{"12":128,"7":-1}}"#).unwrap().request;
    let Request::SignIn { rooms, epoch, .. } = request else { panic!("{request:?} signs in") };
    assert_eq!(epoch, None);
    assert_eq!(rooms, [(RoomId(12), Seq(128)), (RoomId(7), Seq(-1))]);
}

#[test]
fn a_hello_may_say_in_which_epoch_its_rooms_were_seen() {
    let request = decode(r#"{"type":"hello","token":"t","epoch":"1f0e5d2c"}"#).unwrap().request;
    let Request::SignIn { epoch, .. } = request else { panic!("{request:?} signs in") };
    assert_eq!(epoch.as_deref(), Some("1f0e5d2c"));
}
