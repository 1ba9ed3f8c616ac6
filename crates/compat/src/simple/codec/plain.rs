use super::VIA;
use chinwag_wire::websocket::write_text;
use chinwag_core::domain::{EventBody, RoomEvent, RoomSlug, UserId};
use chinwag_core::ports::{Encoder, Signal};

/// Writes the texts of messages as they are, each as a finished WebSocket text frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainEncoder;

/// Writes the texts of messages behind the names of their authors, each as a finished WebSocket text frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainNamedEncoder;

impl Encoder for PlainEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn hears_ends(&self) -> bool {
        true
    }

    fn event(&self, _room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(text) = text_of(event) {
            line(&[text], out);
        }
    }

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

impl Encoder for PlainNamedEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn hears_ends(&self) -> bool {
        true
    }

    fn event(&self, _room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(text) = text_of(event) {
            line(&[&event.name, ": ", text], out);
        }
    }

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

impl PlainEncoder {
    /// Appends why something was not done.
    pub fn error(self, message: &str, out: &mut Vec<u8>) {
        line(&["error: ", message], out);
    }
}

fn line(parts: &[&str], out: &mut Vec<u8>) {
    write_text(out, |payload| parts.iter().for_each(|part| payload.extend_from_slice(part.as_bytes())));
}

fn text_of(event: &RoomEvent) -> Option<&str> {
    match &event.body {
        EventBody::Message { text, client_id: _ } => Some(text),
        EventBody::MemberJoined
        | EventBody::MemberLeft
        | EventBody::MemberRenamed { .. }
        | EventBody::RoomCreated { .. }
        | EventBody::RoomUpdated { .. }
        | EventBody::RoomDeleted => None,
    }
}
