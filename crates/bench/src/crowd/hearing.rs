use super::dialect::Dialect;
use super::message::number;
use super::room_ids::room_with;

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
/// How a message of Chinwag begins; its room stands behind the text.
const CHINWAG_MESSAGE: &[u8] = br#"{"type":"message","kind":"#;

impl Dialect {
    /// What a text of the server means.
    pub(super) fn heard(self, text: &[u8]) -> Heard {
        match self {
            Self::Chinwag => chinwag(text),
            Self::ChinwagSimple => chinwag_simple(text),
            Self::ChinwagSocketIo => socket_io(text, chinwag_socket_io),
            Self::Bare => chinwag_message(text),
            Self::Ws if text.starts_with(br#"{"type":"joined""#) => Heard::Entered,
            Self::Ws => message(text),
            Self::SocketIo => socket_io(text, our_socket_io),
        }
    }
}

fn chinwag(text: &[u8]) -> Heard {
    match kind(text) {
        b"message" => chinwag_message(text),
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

/// A message that Chinwag delivers, with its room.
fn chinwag_message(text: &[u8]) -> Heard {
    if !text.starts_with(CHINWAG_MESSAGE) {
        return Heard::Other;
    }
    Heard::Message(number(text, b"\"room\":").and_then(room_with))
}

/// A message that another server delivers, with its room.
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
        assert_eq!(Dialect::Ws.heard(json.as_bytes()), Heard::Message(Some(1207)));
        let chinwag = r#"{"type":"message","kind":"text","text":"@","clientId":"c","room":1211,"seq":9}"#;
        for dialect in [Dialect::Chinwag, Dialect::Bare] {
            assert_eq!(dialect.heard(chinwag.as_bytes()), Heard::Message(Some(1207)), "{dialect:?}");
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
        assert_eq!(chinwag(r#"{"type":"memberJoined","room":1}"#), Heard::Other);
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
}
