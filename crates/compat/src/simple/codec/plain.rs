use super::VIA;
use crate::Posted;
use chinwag_core::domain::{RoomAddress, RoomEvent, UserId, person_says, server_says};
use chinwag_core::ports::{Encoder, Signal};
use chinwag_wire::websocket::write_text;

/// Writes the texts of messages as they are, each as a finished WebSocket text frame. Only what looks like a sentence of the server is quoted.
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

    fn event(&self, _room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(message) = Posted::of(event) {
            line(&[&person_says(&message.text())], out);
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

    fn event(&self, _room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(message) = Posted::of(event) {
            // Only the first line has a name before it, and none below looks as if it had.
            line(&[message.name, ": ", &person_says(&message.text()).replace('\n', "\n  ")], out);
        }
    }

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

impl PlainEncoder {
    /// Appends why something was not done.
    pub fn error(self, message: &str, out: &mut Vec<u8>) {
        line(&[&server_says(message)], out);
    }
}

fn line(parts: &[&str], out: &mut Vec<u8>) {
    write_text(out, |payload| parts.iter().for_each(|part| payload.extend_from_slice(part.as_bytes())));
}
