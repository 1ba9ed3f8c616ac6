//! What the parsers promise, for any input: no panic, and always the documented answer.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bus;
mod client_stream;
mod decoder_agrees_with_tungstenite;
mod decoder_names_each_violation;
mod decoder_survives_anything;
mod native_answers_anything;
mod native_frames_read;
mod native_frames_written;
mod one_way;
mod server_frames_are_read_by_tungstenite;
