//! The simple protocols, as documented in `docs/simple-protocol.md`: two vocabularies of JSON, and bare text.

pub mod codec;
mod gateway;

pub use gateway::{idle_client_bytes, routes, upgrade};
