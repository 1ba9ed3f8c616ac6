use super::ClientPacket;

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
    /// Nothing.
    Noop,
    /// A packet of Socket.IO.
    Message(ClientPacket),
    /// The client broke the protocol, in the way that the sentence tells. Nothing follows.
    Broken(&'static str),
}

impl EnginePacket {
    /// Reads a packet.
    #[must_use]
    pub fn decode(text: &str) -> Self {
        let mut rest = text.chars();
        match (rest.next(), rest.as_str()) {
            (Some('1'), "") => Self::Close,
            (Some('2'), "probe") => Self::Probe,
            (Some('3'), _) => Self::Pong,
            (Some('4'), message) => ClientPacket::decode(message).map_or_else(Self::Broken, Self::Message),
            (Some('5'), "") => Self::Upgrade,
            (Some('6'), "") => Self::Noop,
            (Some('b'), _) => Self::Broken("Binary data is not taken; send text."),
            _ => Self::Broken("This is no packet of Engine.IO 4 that a client sends."),
        }
    }
}
