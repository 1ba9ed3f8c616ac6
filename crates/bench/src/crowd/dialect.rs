use super::message::write_text;
use super::room_ids::room_id;
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
            Self::Chinwag => format!(r#"{{"type":"join","ref":2,"room":{},"limit":0}}"#, room_id(room)),
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

    /// Appends what the sender of a `room` says, its `number`th message.
    pub(super) fn write_message(self, out: &mut Vec<u8>, room: usize, number: u64, now: u64) {
        // Writing into a vector cannot fail.
        let _ = match self {
            // With the room for a `ref`, a refusal tells where.
            Self::Chinwag => {
                let id = room_id(room);
                write!(out, r#"{{"type":"send","ref":{room},"room":{id},"clientId":"c-{number}","text":""#)
            }
            Self::Ws => write!(
                out,
                r#"{{"type":"send","ref":{room},"room":"r{room}","clientId":"c-{number}","text":""#
            ),
            // What the yardstick delivers, behind the colon, is as long as what Chinwag does.
            Self::Bare => write!(out, r#"{room}:{{"type":"message","kind":"text","text":""#),
            Self::SocketIo => write!(out, r#"42["send",{{"room":"r{room}","clientId":"c-{number}","text":""#),
            Self::ChinwagSimple => write!(out, r#"{{"type":"message","text":""#),
            Self::ChinwagSocketIo => write!(out, r#"42["send-message",""#),
        };
        write_text(out, now);
        let _ = match self {
            Self::Chinwag | Self::ChinwagSimple | Self::Ws => write!(out, r#""}}"#),
            Self::Bare => {
                let id = room_id(room);
                write!(
                    out,
                    r#"","clientId":"c-{number}","room":{id},"seq":{number},"at":1795341600000,"userId":{room},"name":"guest{room}"}}"#
                )
            }
            Self::SocketIo => write!(out, r#""}}]"#),
            Self::ChinwagSocketIo => write!(out, r#""]"#),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::hearing::Heard;
    use super::*;

    #[test]
    fn the_yardstick_delivers_as_many_bytes_as_chinwag() {
        let mut bare = Vec::new();
        Dialect::Bare.write_message(&mut bare, 17, 1234, 0);
        let bare = bare.strip_prefix(b"17:").unwrap();
        assert_eq!(Dialect::Bare.heard(bare), Heard::Message(Some(17)));
        let mut text = Vec::new();
        write_text(&mut text, 0);
        let chinwag = format!(
            r#"{{"type":"message","kind":"text","text":"{}","clientId":"c-1234","room":21,"seq":1234,"at":1795341600127,"userId":17,"name":"guest17"}}"#,
            String::from_utf8(text).unwrap()
        );
        assert_eq!(bare.len(), chinwag.len());
    }
}
