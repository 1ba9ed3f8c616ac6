//! What the server says to one client alone, in the words of what it speaks.

use crate::simple::codec::{PlainEncoder, SimpleChatEncoder, SimpleKind, SimpleRoomEncoder};
use chinwag_core::domain::Refusal;
use chinwag_core::ports::CloseReason;
use chinwag_wire::websocket::close_code;

/// Appends why something was not done.
pub(super) fn error(kind: SimpleKind, sentence: String, out: &mut Vec<u8>) {
    match kind {
        SimpleKind::Room => SimpleRoomEncoder.error(sentence, out),
        SimpleKind::Chat => SimpleChatEncoder.error(sentence, out),
        SimpleKind::Plain => PlainEncoder.error(&sentence, out),
    }
}

/// The last words to a client that cannot be let in.
pub(super) fn turned_away(kind: SimpleKind, refusal: &Refusal) -> (Vec<u8>, CloseReason) {
    let mut frames = Vec::new();
    error(kind, refusal.to_string(), &mut frames);
    let policy = CloseReason::Violation(close_code::POLICY, "You cannot be let in like this.");
    (frames, if refusal.is_passing() { CloseReason::Busy } else { policy })
}
