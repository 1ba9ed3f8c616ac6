//! What the nodes of one Chinwag tell each other. The only place that knows in which format.
//!
//! A message is a JSON object, and its parts are objects, whose unknown fields are left aside. So a field may be added by one version and used by
//! the next, and nodes of both work together while one after the other is replaced. A part that cannot be read is left out, and the message says
//! that something is missing; whoever hears it asks the storage.

mod content;
mod decode;
mod encode;
mod event;
mod message;
mod news;
mod presence;
mod room;

use chinwag_core::ports::{BusCodec, BusMessage};

/// Writes and reads the messages of the bus as JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonBusCodec;

impl BusCodec for JsonBusCodec {
    fn encode(&self, message: &BusMessage, out: &mut Vec<u8>) {
        encode::encode(message, out);
    }

    fn decode(&self, bytes: &[u8]) -> Option<BusMessage> {
        decode::decode(bytes)
    }
}
