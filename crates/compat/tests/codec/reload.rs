//! What others are told when somebody reloads a page: a visitor goes and another one comes under the same name, in the same turn.

use crate::written::{address, texts};
use chinwag_compat::simple::codec::{PlainEncoder, SimpleChatEncoder, SimpleRoomEncoder};
use chinwag_compat::socketio::codec::{
    Presets, SocketIoLobbyEncoder, SocketIoPresetEncoder, SocketIoRoomsEncoder,
};
use chinwag_core::domain::{Millis, Presence, User, UserId};
use chinwag_core::ports::{Clock, Encoder, PresenceChange, Signal};
use std::sync::Arc;

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Millis {
        Millis(1_795_341_600_000)
    }
}

fn ann(id: i64) -> User {
    User::guest(UserId(id), "Ann")
}

/// The lines about Ann that an encoder makes of a reload, in whatever order its parts came about.
fn told(encoder: &impl Encoder) -> Vec<String> {
    let change = |id, before, presence| PresenceChange { user: ann(id), before, presence, via: None };
    let went = change(7, Presence::Online, Presence::Offline);
    let came = change(9, Presence::Offline, Presence::Online);
    let [one, other] = [[&went, &came], [&came, &went]].map(|changes| {
        let changes = changes.map(PresenceChange::clone).to_vec();
        let people = Arc::from([ann(9)]);
        let signal =
            Signal::Presence { room: address("general"), online: 1, changes, truncated: false, people };
        texts(|out| encoder.signal(&signal, None, out))
    });
    assert_eq!(one, other, "the order in which it came about means nothing");
    one
}

#[test]
fn where_people_have_ids_the_end_comes_first() {
    let users = r#""username":"Ann","users":[{"id":"9","username":"Ann"}]}"#;
    let expected = [("user_left", 7), ("user_joined", 9)]
        .map(|(kind, id)| format!(r#"{{"type":"{kind}","userId":"{id}",{users}"#));
    assert_eq!(told(&SimpleRoomEncoder), expected);
    let expected = [("left", 7), ("joined", 9)].map(|(action, id)| {
        let client = format!(r#"{{"id":{id},"name":"Ann"}}"#);
        format!(r#"42["server_event",{{"type":"presence","action":"{action}","client":{client},"onlineCount":1}}]"#)
    });
    assert_eq!(told(&SocketIoLobbyEncoder), expected);
}

#[test]
fn where_people_are_names_nothing_happened() {
    let rooms = SocketIoRoomsEncoder::new(Arc::new(Stopped));
    assert_eq!(told(&rooms), [r#"42["room-users",["Ann"]]"#]);
    for preset in Presets::with_built_in("").unwrap().all() {
        let told = told(&SocketIoPresetEncoder::new(Arc::clone(preset), Arc::new(Stopped)));
        assert!(
            told.iter().all(|line| !line.contains("joined the") && !line.contains("left the")),
            "{told:?}"
        );
    }
    assert_eq!([told(&SimpleChatEncoder), told(&PlainEncoder)], [[], []] as [[String; 0]; 2]);
}
