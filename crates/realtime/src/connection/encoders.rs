use bytes::Bytes;
use chinwag_core::ports::{Encoder, ProtocolId, Signal};
use std::sync::Arc;

/// The protocols of this process: the encoder of each, at the place that its [`ProtocolId`] names. Cloning shares them.
#[derive(Clone)]
pub struct Encoders {
    native: Arc<dyn Encoder>,
    others: Arc<[Arc<dyn Encoder>]>,
}

impl Encoders {
    /// The native protocol has id 0; the `others` have the ids from 1 on, in their order.
    #[must_use]
    pub fn new(native: Arc<dyn Encoder>, others: Vec<Arc<dyn Encoder>>) -> Self {
        Self { native, others: others.into() }
    }

    /// The encoder of one protocol. An id that names none is served as the native protocol.
    #[must_use]
    pub fn of(&self, protocol: ProtocolId) -> &dyn Encoder {
        let other = usize::from(protocol.0).checked_sub(1).and_then(|place| self.others.get(place));
        other.unwrap_or(&self.native).as_ref()
    }

    /// The same name as one that a protocol of this process has for how its people are connected.
    pub(crate) fn via_named(&self, name: &str) -> Option<&'static str> {
        self.others.iter().filter_map(|encoder| encoder.via()).find(|via| *via == name)
    }

    /// How many there are: every id is below.
    pub(crate) fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Where a table of [`count`](Self::count) entries, one for each protocol, has that of `protocol`.
    pub(crate) fn index(&self, protocol: ProtocolId) -> usize {
        let index = usize::from(protocol.0);
        if index < self.count() { index } else { 0 }
    }

    /// The frames of signals for everyone of one protocol.
    pub(crate) fn signals(&self, protocol: ProtocolId, signals: &[Signal]) -> Bytes {
        let encoder = self.of(protocol);
        let mut frames = Vec::new();
        for signal in signals {
            encoder.signal(signal, None, &mut frames);
        }
        Bytes::from(frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{RoomAddress, RoomEvent, UserId};

    struct Named(Option<&'static str>);

    impl Encoder for Named {
        fn via(&self) -> Option<&'static str> {
            self.0
        }

        fn event(&self, _room: &RoomAddress, _event: &RoomEvent, _out: &mut Vec<u8>) {}

        fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
    }

    #[test]
    fn each_protocol_stands_at_its_id_and_an_unknown_one_is_native() {
        let others: Vec<Arc<dyn Encoder>> = vec![Arc::new(Named(Some("one"))), Arc::new(Named(Some("two")))];
        let encoders = Encoders::new(Arc::new(Named(None)), others);
        let via = |id| (encoders.of(ProtocolId(id)).via(), encoders.index(ProtocolId(id)));
        assert_eq!([0, 1, 2].map(via), [(None, 0), (Some("one"), 1), (Some("two"), 2)]);
        assert_eq!([3, 255].map(via), [(None, 0); 2]);
        assert_eq!(encoders.count(), 3);
    }
}
