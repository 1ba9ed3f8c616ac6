use chinwag_core::domain::Via;
use chinwag_core::ports::Encoder;
use std::sync::Arc;

/// The protocol that a connection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `docs/native-protocol.md`.
    Native,
    /// The room vocabulary of the simple JSON protocol.
    SimpleRoom,
    /// The chat vocabulary of the simple JSON protocol.
    SimpleChat,
    /// The bare text of messages.
    Plain,
    /// The text of messages after the name of its author.
    PlainNamed,
    /// The rooms vocabulary of the Socket.IO protocol.
    SocketIoRooms,
    /// The lobby vocabulary of the Socket.IO protocol.
    SocketIoLobby,
    /// What a client of the Socket.IO protocol hears that has said nothing yet.
    SocketIoSilent,
    /// The vocabulary of a guide for Socket.IO, by its number, below [`GUIDES`](Self::GUIDES).
    SocketIoGuide(u8),
}

impl Protocol {
    /// The numbers that guides may have.
    pub const GUIDES: u8 = 24;
    /// How many protocols there are.
    pub(crate) const COUNT: usize = Self::OTHERS.len() + Self::GUIDES as usize;
    /// Those of no guide.
    pub(crate) const OTHERS: [Self; 8] = [
        Self::Native,
        Self::SimpleRoom,
        Self::SimpleChat,
        Self::Plain,
        Self::PlainNamed,
        Self::SocketIoRooms,
        Self::SocketIoLobby,
        Self::SocketIoSilent,
    ];
    /// Each at its index.
    pub(crate) const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::Native; Self::COUNT];
        let mut index = 0;
        let mut guide = 0;
        while index < Self::COUNT {
            if index < Self::OTHERS.len() {
                all[index] = Self::OTHERS[index];
            } else {
                all[index] = Self::SocketIoGuide(guide);
                guide += 1;
            }
            index += 1;
        }
        all
    };

    pub(crate) fn index(self) -> usize {
        usize::from(self.number())
    }

    /// The index in a byte.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Native => 0,
            Self::SimpleRoom => 1,
            Self::SimpleChat => 2,
            Self::Plain => 3,
            Self::PlainNamed => 4,
            Self::SocketIoRooms => 5,
            Self::SocketIoLobby => 6,
            Self::SocketIoSilent => 7,
            Self::SocketIoGuide(guide) => 8 + guide.min(Self::GUIDES - 1),
        }
    }

    /// What others are told of how its people are connected.
    #[must_use]
    pub fn via(self) -> Via {
        match self {
            Self::Native => Via::Native,
            Self::SimpleRoom | Self::SimpleChat | Self::Plain | Self::PlainNamed => Via::Simple,
            Self::SocketIoRooms | Self::SocketIoLobby | Self::SocketIoSilent | Self::SocketIoGuide(_) => {
                Via::SocketIo
            }
        }
    }

    /// Whether its clients are told everybody's name whenever the people of a room change.
    #[must_use]
    pub fn lists_people(self) -> bool {
        match self {
            Self::SimpleRoom | Self::SocketIoRooms | Self::SocketIoGuide(_) => true,
            Self::Native
            | Self::SimpleChat
            | Self::Plain
            | Self::PlainNamed
            | Self::SocketIoLobby
            | Self::SocketIoSilent => false,
        }
    }

    /// Whether its clients give up a server that does not ping, even while it sends other things.
    pub(crate) fn is_given_up_without_pings(self) -> bool {
        match self {
            Self::SocketIoRooms | Self::SocketIoLobby | Self::SocketIoSilent | Self::SocketIoGuide(_) => true,
            Self::Native | Self::SimpleRoom | Self::SimpleChat | Self::Plain | Self::PlainNamed => false,
        }
    }

    /// Whether its clients listen to one room from their beginning to their end.
    pub(crate) fn is_of_one_room(self) -> bool {
        match self {
            Self::Plain | Self::PlainNamed => true,
            Self::Native
            | Self::SimpleRoom
            | Self::SimpleChat
            | Self::SocketIoRooms
            | Self::SocketIoLobby
            | Self::SocketIoSilent
            | Self::SocketIoGuide(_) => false,
        }
    }

    /// Whether people's own presence and typing are told to the others only.
    #[must_use]
    pub fn hides_self(self) -> bool {
        match self {
            Self::SimpleRoom
            | Self::SocketIoRooms
            | Self::SocketIoLobby
            | Self::SocketIoSilent
            | Self::SocketIoGuide(_) => true,
            Self::Native | Self::SimpleChat | Self::Plain | Self::PlainNamed => false,
        }
    }
}

/// The encoder of each protocol.
#[derive(Clone)]
pub struct Encoders {
    /// Of [`Protocol::Native`].
    pub native: Arc<dyn Encoder>,
    /// Of [`Protocol::SimpleRoom`].
    pub simple_room: Arc<dyn Encoder>,
    /// Of [`Protocol::SimpleChat`].
    pub simple_chat: Arc<dyn Encoder>,
    /// Of [`Protocol::Plain`].
    pub plain: Arc<dyn Encoder>,
    /// Of [`Protocol::PlainNamed`].
    pub plain_named: Arc<dyn Encoder>,
    /// Of [`Protocol::SocketIoRooms`].
    pub socketio_rooms: Arc<dyn Encoder>,
    /// Of [`Protocol::SocketIoLobby`].
    pub socketio_lobby: Arc<dyn Encoder>,
    /// Of [`Protocol::SocketIoSilent`].
    pub socketio_silent: Arc<dyn Encoder>,
    /// Of [`Protocol::SocketIoGuide`], by their numbers.
    pub socketio_guides: Vec<Arc<dyn Encoder>>,
}

impl Encoders {
    /// The encoder of one protocol.
    #[must_use]
    pub fn of(&self, protocol: Protocol) -> &dyn Encoder {
        match protocol {
            Protocol::Native => self.native.as_ref(),
            Protocol::SimpleRoom => self.simple_room.as_ref(),
            Protocol::SimpleChat => self.simple_chat.as_ref(),
            Protocol::Plain => self.plain.as_ref(),
            Protocol::PlainNamed => self.plain_named.as_ref(),
            Protocol::SocketIoRooms => self.socketio_rooms.as_ref(),
            Protocol::SocketIoLobby => self.socketio_lobby.as_ref(),
            Protocol::SocketIoSilent => self.socketio_silent.as_ref(),
            // Nobody speaks what no guide teaches.
            Protocol::SocketIoGuide(guide) => {
                self.socketio_guides.get(usize::from(guide)).unwrap_or(&self.socketio_silent).as_ref()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Protocol;

    #[test]
    fn each_protocol_stands_at_its_index() {
        for (index, protocol) in Protocol::ALL.into_iter().enumerate() {
            assert_eq!(protocol.index(), index, "{protocol:?}");
        }
    }
}
