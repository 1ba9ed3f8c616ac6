use super::ClientPacket;

/// The revision of Engine.IO that a client speaks, and with it that of Socket.IO.
/// <https://socket.io/docs/v4/engine-io-protocol>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// Of the clients of Socket.IO 1 and 2: they ping the server, and are in the main namespace from the beginning.
    Three,
    /// Of the clients of Socket.IO 3 and 4.
    Four,
}

impl Revision {
    /// Reads the parameter `EIO`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "3" => Some(Self::Three),
            "4" => Some(Self::Four),
            _ => None,
        }
    }
}

/// A packet of a client's Engine.IO connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnginePacket {
    /// The client ends the connection.
    Close,
    /// The client asks on a new WebSocket whether it carries, to leave polling for it.
    Probe,
    /// The answer to a ping: a sign of life.
    Pong,
    /// From now on the WebSocket is used.
    Upgrade,
    /// A client of [revision 3](super::Revision::Three) asks for a sign of life.
    Ping,
    /// Nothing.
    Noop,
    /// A packet of Socket.IO.
    Message(ClientPacket),
    /// The client broke the protocol, in the way that the sentence tells. Nothing follows.
    Broken(&'static str),
    /// The same by what is no packet of Engine.IO at all.
    Unreadable(&'static str),
}

impl EnginePacket {
    /// How [`Close`](Self::Close) is written.
    pub const CLOSE: &'static str = "1";

    /// Reads a packet.
    #[must_use]
    pub fn decode(text: &str) -> Self {
        let mut rest = text.chars();
        match (rest.next(), rest.as_str()) {
            (Some('1'), "") => Self::Close,
            (Some('2'), "probe") => Self::Probe,
            (Some('2'), "") => Self::Ping,
            (Some('3'), _) => Self::Pong,
            (Some('4'), message) => ClientPacket::decode(message).map_or_else(Self::Broken, Self::Message),
            (Some('5'), "") => Self::Upgrade,
            (Some('6'), "") => Self::Noop,
            (Some('b'), _) => Self::Broken("Binary data is not taken; send text."),
            (Some('0'..='6'), _) => Self::Broken("A client sends no such packet of Engine.IO."),
            _ => Self::Unreadable("This is no packet of Engine.IO."),
        }
    }
}
