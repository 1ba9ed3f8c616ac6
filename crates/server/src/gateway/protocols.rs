//! The table of protocols: a [`ProtocolId`] is the place of an encoder in it.

use chinwag_core::ports::{Encoder, ProtocolId};
use chinwag_realtime::Encoders;
use chinwag_wire::native::NativeEncoder;
use std::sync::Arc;

/// The first place behind the native protocol.
pub(crate) const FIRST_OTHER: ProtocolId = ProtocolId(1);

/// The native encoder and those of `others`.
pub(crate) fn encoders(others: Vec<Arc<dyn Encoder>>) -> Encoders {
    Encoders::new(Arc::new(NativeEncoder), others)
}
