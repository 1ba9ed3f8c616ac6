use chinwag_core::ports::Encoder;
use std::sync::Arc;

/// The protocol that a connection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `docs/native-protocol.md`.
    Native,
}

impl Protocol {
    pub(crate) const ALL: [Self; 1] = [Self::Native];
    /// How many there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    pub(crate) fn index(self) -> usize {
        match self {
            Self::Native => 0,
        }
    }
}

/// The encoder of each protocol.
#[derive(Clone)]
pub struct Encoders {
    /// Of the native protocol.
    pub native: Arc<dyn Encoder>,
}

impl Encoders {
    /// The encoder of one protocol.
    #[must_use]
    pub fn of(&self, protocol: Protocol) -> &dyn Encoder {
        match protocol {
            Protocol::Native => self.native.as_ref(),
        }
    }
}
