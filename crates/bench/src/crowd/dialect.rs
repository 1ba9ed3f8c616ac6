use super::message::{number, write_text};
use std::io::Write as _;

/// How clients talk to a server. What is delivered is the same JSON object everywhere, with keys in the order of Chinwag's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Chinwag's native protocol.
    Chinwag,
    /// The yardstick's: rooms in the path, every text goes to all.
    Bare,
    /// That of our server on ws.
    Ws,
    /// Socket.IO on a WebSocket.
    SocketIo,
}

/// What a client hears, as far as a bench cares.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A message of a room.
    Message(usize),
    Ack,
    /// What was said to this room, if that can be told, was refused.
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
            Self::Ws => "/".to_owned(),
            Self::SocketIo => "/socket.io/?EIO=4&transport=websocket".to_owned(),
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
            Self::Bare | Self::Ws | Self::SocketIo => None,
        }
    }

    /// How a client enters a room after the greeting.
    pub(super) fn enter(self, room: usize) -> String {
        match self {
            Self::Chinwag => format!(r#"{{"type":"join","ref":2,"room":"r{room}","limit":0}}"#),
            Self::Bare | Self::Ws => format!(r#"{{"type":"join","room":"r{room}"}}"#),
            Self::SocketIo => format!(r#"42["join","r{room}"]"#),
        }
    }

    /// How often a client is greeted before it may enter rooms.
    pub(super) fn greetings(self) -> u8 {
        match self {
            Self::Bare | Self::Ws => 0,
            Self::Chinwag => 1,
            Self::SocketIo => 2,
        }
    }

    /// Whether rooms are entered with the upgrade.
    pub(super) fn enters_by_path(self) -> bool {
        self == Self::Bare
    }

    pub(super) fn heard(self, text: &[u8]) -> Heard {
        match self {
            Self::Chinwag => Self::chinwag(text),
            Self::Bare => message(text).unwrap_or(Heard::Other),
            Self::Ws => match text {
                text if text.starts_with(br#"{"type":"joined""#) => Heard::Entered,
                text => message(text).unwrap_or(Heard::Other),
            },
            Self::SocketIo => match text {
                [b'2'] => Heard::Ping,
                [b'0' | b'4', b'{' | b'0', ..] => Heard::Greeted,
                text if text.starts_with(br#"42["joined""#) => Heard::Entered,
                text => {
                    let object = text.strip_prefix(br#"42["message","#);
                    object.and_then(message).unwrap_or(Heard::Other)
                }
            },
        }
    }

    fn chinwag(text: &[u8]) -> Heard {
        if let Some(message) = message(text) {
            return message;
        }
        let kind = text.strip_prefix(br#"{"type":""#).unwrap_or_default();
        match kind.split(|byte| *byte == b'"').next().unwrap_or_default() {
            b"ack" => Heard::Ack,
            b"error" => Heard::Refused(number(text, b"\"ref\":").map(|room| room as usize)),
            b"welcome" => Heard::Greeted,
            b"joined" => Heard::Entered,
            _ => Heard::Other,
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
        };
        write_text(out, now);
        let _ = match self {
            Self::Chinwag | Self::Ws => write!(out, r#""}}"#),
            Self::Bare => write!(out, r#"","at":1795341600000,"clientId":"c-{number}"}}"#),
            Self::SocketIo => write!(out, r#""}}]"#),
        };
    }
}

/// A delivered message and its room.
fn message(text: &[u8]) -> Option<Heard> {
    let room = text.strip_prefix(MESSAGE)?;
    let digits = room.iter().take_while(|byte| byte.is_ascii_digit());
    Some(Heard::Message(digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Dialect; 4] = [Dialect::Chinwag, Dialect::Bare, Dialect::Ws, Dialect::SocketIo];

    #[test]
    fn messages_are_heard_with_their_room() {
        let json = r#"{"type":"message","room":"r1207","seq":9,"userId":1,"name":"x","text":"@"}"#;
        for dialect in [Dialect::Chinwag, Dialect::Bare, Dialect::Ws] {
            assert_eq!(dialect.heard(json.as_bytes()), Heard::Message(1207), "{dialect:?}");
        }
        let wrapped = format!(r#"42["message",{json}]"#);
        assert_eq!(Dialect::SocketIo.heard(wrapped.as_bytes()), Heard::Message(1207));
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
    fn the_yardstick_delivers_as_many_bytes_as_chinwag() {
        let mut bare = Vec::new();
        Dialect::Bare.write_message(&mut bare, 17, 1234, 0);
        let bare = bare.strip_prefix(b"17:").unwrap();
        assert_eq!(Dialect::Bare.heard(bare), Heard::Message(17));
        let mut text = Vec::new();
        write_text(&mut text, 0);
        let chinwag = format!(
            r#"{{"type":"message","room":"r17","seq":1234,"userId":17,"name":"guest17","text":"{}","at":1795341600127,"clientId":"c-1234"}}"#,
            String::from_utf8(text).unwrap()
        );
        assert_eq!(bare.len(), chinwag.len());
    }
}
