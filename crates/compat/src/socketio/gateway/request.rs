//! What a client asks for by an event, and when it is carried out.

use super::handler::SocketIo;
use crate::socketio::codec::{ClientEvent, Emit, Preset, PresetAction, PresetEvent};
use chinwag_gateway::SessionFactory;
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
    Preset(Arc<Preset>),
}

/// What a client asks for by an event.
pub(super) struct EventRequest {
    pub(super) ack: Option<u64>,
    pub(super) kind: RequestKind,
}

/// By whose vocabulary it asks.
pub(super) enum RequestKind {
    /// Something of the lobby or of the rooms.
    Own(ClientEvent),
    /// Something of a preset.
    Preset(Arc<Preset>, PresetEvent),
}

/// Messages that wait for a client to join, at most, and the bytes of their texts.
const EARLY: usize = 20;
const EARLY_BYTES: usize = 16 * 1024;

impl<F: SessionFactory> SocketIo<F> {
    /// The events to carry out now that this one has come, in order. A client that comes back emits what was written meanwhile before its
    /// page joins the room again, so messages for a room wait for that.
    pub(super) fn due(&mut self, emit: Emit) -> Vec<EventRequest> {
        let request = EventRequest { ack: emit.ack, kind: self.read(emit) };
        if matches!(self.vocabulary, Vocabulary::Undecided) && self.may_wait(&request.kind) {
            self.early.push(request);
            return Vec::new();
        }
        match request.kind.whereabouts() {
            Whereabouts::Room => std::iter::once(request).chain(std::mem::take(&mut self.early)).collect(),
            Whereabouts::Lobby => std::mem::take(&mut self.early).into_iter().chain([request]).collect(),
            Whereabouts::Any => vec![request],
        }
    }

    fn may_wait(&self, kind: &RequestKind) -> bool {
        let Some(text) = kind.text_for_a_room() else { return false };
        let bytes = self.early.iter().filter_map(|early| early.kind.text_for_a_room()).map(str::len);
        self.early.len() < EARLY && bytes.sum::<usize>() + text.len() <= EARLY_BYTES
    }

    fn read(&self, Emit { ack: _, name, arguments }: Emit) -> RequestKind {
        let taught = match &self.vocabulary {
            Vocabulary::Undecided | Vocabulary::Silent | Vocabulary::Lobby => {
                self.compat.protocols.presets().tell_by(&name, &arguments)
            }
            Vocabulary::Rooms => None,
            Vocabulary::Preset(preset) => preset.read(&name, &arguments).map(|event| (preset, event)),
        };
        match taught {
            Some((preset, event)) => RequestKind::Preset(Arc::clone(preset), event),
            None => RequestKind::Own(ClientEvent::new(&name, arguments)),
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

impl RequestKind {
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
            Self::Preset(_, PresetEvent { action: PresetAction::Join | PresetAction::Name, .. }) => {
                Whereabouts::Room
            }
            Self::Preset(
                _,
                PresetEvent {
                    action:
                        PresetAction::Say | PresetAction::Typing | PresetAction::StopTyping | PresetAction::Leave,
                    ..
                },
            ) => Whereabouts::Any,
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
            Self::Preset(preset, PresetEvent { action: PresetAction::Say, text, .. })
                if preset.needs_join() =>
            {
                text.as_deref()
            }
            Self::Preset(..) => None,
        }
    }
}
