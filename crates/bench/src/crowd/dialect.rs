use super::message::{number, write_text};
use std::io::Write as _;

/// How clients talk to a server. What is delivered is the same JSON object everywhere, with keys in the order of Chinwag's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Chinwag's native protocol.
    Chinwag,
    /// Room JSON of Chinwag's simple gateway.
    ChinwagSimple,
    /// The rooms vocabulary of Chinwag's Socket.IO gateway, on a WebSocket.
    ChinwagSocketIo,
    /// The yardstick's: rooms in the path, every text goes to all.
    Bare,
    /// That of our server on ws.
    Ws,
    /// That of our server on Socket.IO, on a WebSocket.
    SocketIo,
}

/// What a client hears, as far as a bench cares.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A message of a room; of the client's only one when that is not told.
    Message(Option<usize>),
    Ack,
    /// What was said to this room was refused; to the client's only one when that is not told.
    Refused(Option<usize>),
    /// The server is ready for the next step of coming in.
    Greeted,
    /// The client is in one room more.
    Entered,
    /// The server wants a sign of life.
    Ping,
    Other,
}

const MESSAGE: &[u8] = br#"{"type":"message","room":"r"#;

impl Dialect {
    pub(super) fn path(self, rooms: impl Iterator<Item = usize>) -> String {
        match self {
            Self::Chinwag => "/ws".to_owned(),
            Self::Ws | Self::ChinwagSimple => "/".to_owned(),
            Self::SocketIo | Self::ChinwagSocketIo => "/socket.io/?EIO=4&transport=websocket".to_owned(),
            Self::Bare => {
                let rooms: Vec<String> = rooms.map(|room| room.to_string()).collect();
                format!("/room/{}", rooms.join(","))
            }
        }
    }

    /// What a client says first.
    pub(super) fn hello(self, token: &str) -> Option<String> {
        match self {
            Self::Chinwag => Some(format!(r#"{{"type":"hello","ref":1,"token":"{token}"}}"#)),
            Self::ChinwagSimple | Self::ChinwagSocketIo | Self::Bare | Self::Ws | Self::SocketIo => None,
        }
    }

    /// How a client enters a room after the greeting.
    pub(super) fn enter(self, client: usize, room: usize) -> String {
        match self {
            Self::Chinwag => format!(r#"{{"type":"join","ref":2,"room":"r{room}","limit":0}}"#),
            Self::Bare | Self::Ws => format!(r#"{{"type":"join","room":"r{room}"}}"#),
            Self::SocketIo => format!(r#"42["join","r{room}"]"#),
            Self::ChinwagSimple => {
                format!(r#"{{"type":"join","username":"guest{client}","room":"r{room}"}}"#)
            }
            Self::ChinwagSocketIo => {
                format!(r#"42["join",{{"username":"guest{client}","room":"r{room}"}}]"#)
            }
        }
    }

    /// How often a client is greeted before it may enter rooms.
    pub(super) fn greetings(self) -> u8 {
        match self {
            Self::Bare | Self::Ws | Self::ChinwagSimple => 0,
            Self::Chinwag => 1,
            Self::SocketIo | Self::ChinwagSocketIo => 2,
        }
    }

    /// Whether rooms are entered with the upgrade.
    pub(super) fn enters_by_path(self) -> bool {
        self == Self::Bare
    }

    pub(super) fn heard(self, text: &[u8]) -> Heard {
        match self {
            Self::Chinwag => chinwag(text),
            Self::ChinwagSimple => chinwag_simple(text),
            Self::ChinwagSocketIo => socket_io(text, chinwag_socket_io),
            Self::Bare => message(text),
            Self::Ws if text.starts_with(br#"{"type":"joined""#) => Heard::Entered,
            Self::Ws => message(text),
            Self::SocketIo => socket_io(text, our_socket_io),
        }
    }

    /// Appends what the sender of a `room` says, its `number`th message.
    pub(super) fn write_message(self, out: &mut Vec<u8>, room: usize, number: u64, now: u64) {
        // Writing into a vector cannot fail.
        let _ = match self {
            // With the room for a `ref`, a refusal tells where.
            Self::Chinwag | Self::Ws => {
                write!(
                    out,
                    r#"{{"type":"send","ref":{room},"room":"r{room}","clientId":"c-{number}","text":""#
                )
            }
            // What the yardstick delivers, behind the colon, is as long as what Chinwag does.
            Self::Bare => write!(
                out,
                r#"{room}:{{"type":"message","room":"r{room}","seq":{number},"userId":{room},"name":"guest{room}","text":""#
            ),
            Self::SocketIo => write!(out, r#"42["send",{{"room":"r{room}","clientId":"c-{number}","text":""#),
            Self::ChinwagSimple => write!(out, r#"{{"type":"message","text":""#),
            Self::ChinwagSocketIo => write!(out, r#"42["send-message",""#),
        };
        write_text(out, now);
        let _ = match self {
            Self::Chinwag | Self::ChinwagSimple | Self::Ws => write!(out, r#""}}"#),
            Self::Bare => write!(out, r#"","at":1795341600000,"clientId":"c-{number}"}}"#),
            Self::SocketIo => write!(out, r#""}}]"#),
            Self::ChinwagSocketIo => write!(out, r#""]"#),
        };
    }
}

fn chinwag(text: &[u8]) -> Heard {
    match kind(text) {
        b"message" => message(text),
        b"ack" => Heard::Ack,
        b"error" => Heard::Refused(number(text, b"\"ref\":").map(|room| room as usize)),
        b"welcome" => Heard::Greeted,
        b"joined" => Heard::Entered,
        _ => Heard::Other,
    }
}

fn chinwag_simple(text: &[u8]) -> Heard {
    match kind(text) {
        b"message" => Heard::Message(None),
        b"error" => Heard::Refused(None),
        b"joined" => Heard::Entered,
        _ => Heard::Other,
    }
}

/// What frames of Engine.IO and Socket.IO have in common; `event` reads an event with its name.
fn socket_io(text: &[u8], event: impl Fn(&[u8]) -> Heard) -> Heard {
    match text {
        [b'2'] => Heard::Ping,
        [b'0' | b'4', b'{' | b'0', ..] => Heard::Greeted,
        [b'4', b'2', b'[', b'"', name @ ..] => event(name),
        _ => Heard::Other,
    }
}

fn our_socket_io(event: &[u8]) -> Heard {
    match event.strip_prefix(br#"message","#) {
        Some(object) => message(object),
        None if event.starts_with(br#"joined""#) => Heard::Entered,
        None => Heard::Other,
    }
}

fn chinwag_socket_io(event: &[u8]) -> Heard {
    match until_quote(event) {
        b"new-message" => Heard::Message(None),
        b"error-message" => Heard::Refused(None),
        b"message-history" => Heard::Entered,
        _ => Heard::Other,
    }
}

/// What a JSON object that begins with its type is.
fn kind(text: &[u8]) -> &[u8] {
    until_quote(text.strip_prefix(br#"{"type":""#).unwrap_or_default())
}

fn until_quote(text: &[u8]) -> &[u8] {
    text.split(|byte| *byte == b'"').next().unwrap_or_default()
}

/// A delivered message with its room.
fn message(text: &[u8]) -> Heard {
    let Some(room) = text.strip_prefix(MESSAGE) else { return Heard::Other };
    let digits = room.iter().take_while(|byte| byte.is_ascii_digit());
    Heard::Message(Some(digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Dialect; 6] = [
        Dialect::Chinwag,
        Dialect::ChinwagSimple,
        Dialect::ChinwagSocketIo,
        Dialect::Bare,
        Dialect::Ws,
        Dialect::SocketIo,
    ];

    #[test]
    fn messages_are_heard_with_their_room() {
        let json = r#"{"type":"message","room":"r1207","seq":9,"userId":1,"name":"x","text":"@"}"#;
        for dialect in [Dialect::Chinwag, Dialect::Bare, Dialect::Ws] {
            assert_eq!(dialect.heard(json.as_bytes()), Heard::Message(Some(1207)), "{dialect:?}");
        }
        let wrapped = format!(r#"42["message",{json}]"#);
        assert_eq!(Dialect::SocketIo.heard(wrapped.as_bytes()), Heard::Message(Some(1207)));
    }

    #[test]
    fn other_frames_are_told_apart() {
        let chinwag = |text: &str| Dialect::Chinwag.heard(text.as_bytes());
        assert_eq!(chinwag(r#"{"type":"ack","ref":4}"#), Heard::Ack);
        assert_eq!(chinwag(r#"{"type":"error","ref":4}"#), Heard::Refused(Some(4)));
        assert_eq!(chinwag(r#"{"type":"error"}"#), Heard::Refused(None));
        assert_eq!(chinwag(r#"{"type":"welcome","ref":1}"#), Heard::Greeted);
        assert_eq!(chinwag(r#"{"type":"joined","ref":2}"#), Heard::Entered);
        assert_eq!(chinwag(r#"{"type":"memberJoined","room":"r1"}"#), Heard::Other);
        let socket_io = |text: &str| Dialect::SocketIo.heard(text.as_bytes());
        assert_eq!(socket_io(r#"0{"sid":"x"}"#), Heard::Greeted);
        assert_eq!(socket_io(r#"40{"sid":"x"}"#), Heard::Greeted);
        assert_eq!(socket_io(r#"42["joined","r1"]"#), Heard::Entered);
        assert_eq!(socket_io("2"), Heard::Ping);
        for dialect in ALL {
            assert_eq!(dialect.heard(b""), Heard::Other);
        }
    }

    #[test]
    fn the_gateways_of_chinwag_are_understood() {
        let simple = |text: &str| Dialect::ChinwagSimple.heard(text.as_bytes());
        assert_eq!(simple(r#"{"type":"message","id":"7","userId":"1"}"#), Heard::Message(None));
        assert_eq!(simple(r#"{"type":"joined","clientId":"1"}"#), Heard::Entered);
        assert_eq!(simple(r#"{"type":"user_joined","userId":"1"}"#), Heard::Other);
        assert_eq!(simple(r#"{"type":"error","message":"Slow down"}"#), Heard::Refused(None));
        let socket_io = |text: &str| Dialect::ChinwagSocketIo.heard(text.as_bytes());
        assert_eq!(socket_io(r#"0{"sid":"x"}"#), Heard::Greeted);
        assert_eq!(socket_io(r#"42["new-message",{"id":7}]"#), Heard::Message(None));
        assert_eq!(socket_io(r#"42["message-history",[]]"#), Heard::Entered);
        assert_eq!(socket_io(r#"42["room-users",["x"]]"#), Heard::Other);
        assert_eq!(socket_io(r#"42["error-message",{"message":"x"}]"#), Heard::Refused(None));
        assert_eq!(socket_io("2"), Heard::Ping);
    }

    #[test]
    fn the_yardstick_delivers_as_many_bytes_as_chinwag() {
        let mut bare = Vec::new();
        Dialect::Bare.write_message(&mut bare, 17, 1234, 0);
        let bare = bare.strip_prefix(b"17:").unwrap();
        assert_eq!(Dialect::Bare.heard(bare), Heard::Message(Some(17)));
        let mut text = Vec::new();
        write_text(&mut text, 0);
        let chinwag = format!(
            r#"{{"type":"message","room":"r17","seq":1234,"userId":17,"name":"guest17","text":"{}","at":1795341600127,"clientId":"c-1234"}}"#,
            String::from_utf8(text).unwrap()
        );
        assert_eq!(bare.len(), chinwag.len());
    }
}
