//! What a chat is: the domain, the use cases on it, and the ports through which they reach the world.
//!
//! `domain` is pure and synchronous. `ports` are the traits that the other crates implement. `chat` holds one file per verb.
#![deny(missing_docs)]

pub mod chat;
pub mod domain;
pub mod ports;
