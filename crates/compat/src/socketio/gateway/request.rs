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

/// Messages that wait for a client to join, at most, and the bytes of their texts.
const EARLY: usize = 20;
const EARLY_BYTES: usize = 16 * 1024;

impl SocketIo {
    /// The events to carry out now that this one has come, in order. A client that comes back emits what was written meanwhile before its
    /// page joins the room again, so messages for a room wait for that.
    pub(super) fn due(&mut self, request: Request) -> Vec<Wish> {
        let wish = Wish { ack: request.ack, meaning: self.understand(request) };
        if matches!(self.vocabulary, Vocabulary::Undecided) && self.may_wait(&wish.meaning) {
            self.early.push(wish);
            return Vec::new();
        }
        match wish.meaning.whereabouts() {
            Whereabouts::Room => std::iter::once(wish).chain(std::mem::take(&mut self.early)).collect(),
            Whereabouts::Lobby => std::mem::take(&mut self.early).into_iter().chain([wish]).collect(),
            Whereabouts::Any => vec![wish],
        }
    }

    fn may_wait(&self, meaning: &Meaning) -> bool {
        let Some(text) = meaning.text_for_a_room() else { return false };
        let bytes = self.early.iter().filter_map(|early| early.meaning.text_for_a_room()).map(str::len);
        self.early.len() < EARLY && bytes.sum::<usize>() + text.len() <= EARLY_BYTES
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

/// Where an event has a client be.
enum Whereabouts {
    Room,
    Lobby,
    /// Where it is.
    Any,
}

impl Meaning {
    fn whereabouts(&self) -> Whereabouts {
        match self {
            Self::Own(ClientEvent::Join(_)) => Whereabouts::Room,
            Self::Own(ClientEvent::ChatMessage(_) | ClientEvent::SetName(_) | ClientEvent::Unknown(_)) => {
                Whereabouts::Lobby
            }
            Self::Own(
                ClientEvent::Leave
                | ClientEvent::SendMessage(_)
                | ClientEvent::Typing
                | ClientEvent::StoppedTyping,
            ) => Whereabouts::Any,
            Self::Guide(_, Emitted { aim: Aim::Join | Aim::Name, .. }) => Whereabouts::Room,
            Self::Guide(_, Emitted { aim: Aim::Say | Aim::Typing | Aim::StopTyping | Aim::Leave, .. }) => {
                Whereabouts::Any
            }
        }
    }

    /// Whether by this event a client shows itself in the lobby, in the lobby's vocabulary.
    pub(super) fn shows_in_lobby(&self) -> bool {
        matches!(self.whereabouts(), Whereabouts::Lobby)
    }

    /// What is said in a room, which has to be joined before.
    fn text_for_a_room(&self) -> Option<&str> {
        match self {
            Self::Own(ClientEvent::SendMessage(text)) => text.as_deref(),
            Self::Own(
                ClientEvent::Join(_)
                | ClientEvent::Leave
                | ClientEvent::Typing
                | ClientEvent::StoppedTyping
                | ClientEvent::ChatMessage(_)
                | ClientEvent::SetName(_)
                | ClientEvent::Unknown(_),
            ) => None,
            Self::Guide(guide, Emitted { aim: Aim::Say, text, .. }) if guide.needs_join() => text.as_deref(),
            Self::Guide(..) => None,
        }
    }
}
