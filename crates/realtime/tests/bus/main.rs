//! The bus between nodes, over a real Redis that is killed, stopped, cut off and slow.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is how a test fails")]

mod crowd;
mod faults;
mod node;
mod people;
mod quiet;
mod settled;
mod shelf;
