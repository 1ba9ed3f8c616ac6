//! What the parsers and writers of these protocols promise, for any input: no panic, and always the documented answer.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod reload;
mod simple_answers_anything;
mod simple_frames_written;
mod socketio_packets_read;
mod socketio_packets_written;
mod socketio_presets;
mod written;
