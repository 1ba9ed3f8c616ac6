use crate::simple::codec::{PlainEncoder, PlainNamedEncoder, SimpleChatEncoder, SimpleRoomEncoder};
use crate::socketio::codec::{
    Preset, Presets, SocketIoLobbyEncoder, SocketIoPresetEncoder, SocketIoRoomsEncoder, SocketIoSilentEncoder,
};
use chinwag_core::ports::{Clock, Encoder, ProtocolId};
use std::sync::Arc;

/// The protocols of this crate, by their places in the composition root's table.
#[derive(Clone, Debug)]
pub struct Protocols {
    first: u8,
    presets: Presets,
}

/// Those that stand before the presets.
const FIXED: usize = 7;

impl Protocols {
    /// These protocols at the places from `first` on, one behind the other.
    ///
    /// # Errors
    /// A sentence, when there are more than can be numbered.
    pub fn new(presets: Presets, first: ProtocolId) -> Result<Self, String> {
        let most = usize::from(u8::MAX - first.0).saturating_sub(FIXED - 1);
        let count = presets.all().count();
        if count > most {
            return Err(format!("there are {count} presets, and {most} at most can be told apart"));
        }
        Ok(Self { first: first.0, presets })
    }

    /// The encoder of each protocol, in the order of the places.
    #[must_use]
    pub fn encoders(&self, clock: &Arc<dyn Clock>) -> Vec<Arc<dyn Encoder>> {
        let fixed: [Arc<dyn Encoder>; FIXED] = [
            Arc::new(SimpleRoomEncoder),
            Arc::new(SimpleChatEncoder),
            Arc::new(PlainEncoder),
            Arc::new(PlainNamedEncoder),
            Arc::new(SocketIoRoomsEncoder::new(Arc::clone(clock))),
            Arc::new(SocketIoLobbyEncoder),
            Arc::new(SocketIoSilentEncoder::new(self.presets.clone())),
        ];
        let presets = self.presets.all().map(|preset| {
            Arc::new(SocketIoPresetEncoder::new(Arc::clone(preset), Arc::clone(clock))) as Arc<dyn Encoder>
        });
        fixed.into_iter().chain(presets).collect()
    }

    pub(crate) fn presets(&self) -> &Presets {
        &self.presets
    }

    pub(crate) fn simple_room(&self) -> ProtocolId {
        self.at(0)
    }

    pub(crate) fn simple_chat(&self) -> ProtocolId {
        self.at(1)
    }

    /// Bare text, with the names of the authors or without.
    pub(crate) fn plain(&self, named: bool) -> ProtocolId {
        self.at(if named { 3 } else { 2 })
    }

    pub(crate) fn socketio_rooms(&self) -> ProtocolId {
        self.at(4)
    }

    pub(crate) fn socketio_lobby(&self) -> ProtocolId {
        self.at(5)
    }

    /// Of a client of Socket.IO that has said nothing yet.
    pub(crate) fn socketio_silent(&self) -> ProtocolId {
        self.at(6)
    }

    pub(crate) fn socketio_preset(&self, preset: &Preset) -> ProtocolId {
        self.at(7 + preset.number)
    }

    fn at(&self, place: u8) -> ProtocolId {
        ProtocolId(self.first + place)
    }
}
