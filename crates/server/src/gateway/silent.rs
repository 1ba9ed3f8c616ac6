use chinwag_core::domain::{RoomEvent, RoomSlug, UserId};
use chinwag_core::ports::{Encoder, Signal};

/// The encoder of protocols that nobody can speak yet.
pub(crate) struct Silent;

impl Encoder for Silent {
    fn event(&self, _room: &RoomSlug, _event: &RoomEvent, _out: &mut Vec<u8>) {}

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}
