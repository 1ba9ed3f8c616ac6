//! Live delivery as its users see it, with sockets whose every byte a test sees.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is how a test fails")]

mod busy_room;
mod closing;
mod delivery;
mod ephemeral;
mod new_members;
mod nodes;
mod presence;
mod presence_script;
mod replay;
mod sequence;
mod settled;
mod slow_reader;
mod story;
mod support;
mod user_events;
