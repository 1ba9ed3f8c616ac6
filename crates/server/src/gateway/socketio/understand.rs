//! What a client means by an event, and when it is carried out.

use super::dialect::SocketIo;
use chinwag_wire::socketio::{Aim, ClientEvent, Emitted, Guide, Request};
use std::sync::Arc;

/// What a client speaks.
#[derive(Clone)]
pub(super) enum Vocabulary {
    /// It hears the lobby, where nobody sees it yet: its first event decides, or the time.
    Undecided,
    /// It has said nothing yet, and is seen in the lobby.
    Silent,
    Lobby,
    Rooms,
    Guide(Arc<Guide>),
}

/// An event that was read.
pub(super) struct Wish {
    pub(super) ack: Option<u64>,
    pub(super) meaning: Meaning,
}

/// What a client means by an event.
pub(super) enum Meaning {
    /// Something of the lobby or of the rooms.
    Own(ClientEvent),
    /// Something of a guide.
    Guide(Arc<Guide>, Emitted),
}

/// Events that wait for a client to join, at most.
const EARLY: usize = 20;

impl SocketIo {
    /// The events to carry out now that this one has come, in order. A client that comes back emits what was written meanwhile before its
    /// page joins the room again, so what is for a room waits for that.
    pub(super) fn due(&mut self, request: Request) -> Vec<Wish> {
        let wish = Wish { ack: request.ack, meaning: self.understand(request) };
        let is_undecided = matches!(self.vocabulary, Vocabulary::Undecided);
        if is_undecided && wish.meaning.needs_room() && self.early.len() < EARLY {
            self.early.push(wish);
            return Vec::new();
        }
        let early = std::mem::take(&mut self.early);
        if wish.meaning.is_join() {
            std::iter::once(wish).chain(early).collect()
        } else {
            early.into_iter().chain([wish]).collect()
        }
    }

    fn understand(&self, Request { ack: _, name, arguments }: Request) -> Meaning {
        let taught = match &self.vocabulary {
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                self.app.guides.tell_by(&name, &arguments)
            }
            Vocabulary::Rooms => None,
            Vocabulary::Guide(guide) => guide.read(&name, &arguments).map(|emitted| (guide, emitted)),
        };
        match taught {
            Some((guide, emitted)) => Meaning::Guide(Arc::clone(guide), emitted),
            None => Meaning::Own(ClientEvent::new(&name, arguments)),
        }
    }
}

impl Meaning {
    fn needs_room(&self) -> bool {
        match self {
            Self::Own(event) => match event {
                ClientEvent::Leave
                | ClientEvent::SendMessage(_)
                | ClientEvent::Typing
                | ClientEvent::StoppedTyping => true,
                ClientEvent::Join(_)
                | ClientEvent::ChatMessage(_)
                | ClientEvent::SetName(_)
                | ClientEvent::Unknown(_) => false,
            },
            Self::Guide(guide, Emitted { aim, .. }) => guide.needs_join() && *aim != Aim::Join,
        }
    }

    pub(super) fn is_join(&self) -> bool {
        match self {
            Self::Own(event) => matches!(event, ClientEvent::Join(_)),
            Self::Guide(_, Emitted { aim, .. }) => *aim == Aim::Join,
        }
    }
}
