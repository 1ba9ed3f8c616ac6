use crate::backoff::Backoff;
use std::time::Duration;

/// How a client connects and behaves.
#[derive(Debug)]
pub struct Config {
    /// The server, such as `http://localhost:3000`.
    pub server: String,
    /// The session's token.
    pub token: String,
    /// Whether a lost connection is made again.
    pub reconnect: Reconnect,
    /// The waits between attempts.
    pub backoff: Backoff,
    /// Events that may wait for [`Events::next`](crate::Events::next). While as many wait nothing more is read from the
    /// server, replies included: take events in a task of their own, or drop [`Events`](crate::Events).
    pub event_buffer: usize,
    /// Requests that may wait for their reply; further ones wait for a place.
    pub requests_in_flight: usize,
    /// Time for a connection to be made and welcomed.
    pub connect_limit: Duration,
    /// Silence of the server (which pings) after which the connection counts as lost.
    pub silence_limit: Duration,
}

/// Whether a lost connection is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconnect {
    /// Until the server forbids it or the client is closed.
    Always,
    /// The client ends with its first connection.
    Never,
}

impl Config {
    /// The defaults for a session on a server.
    #[must_use]
    pub fn new(server: impl Into<String>, token: impl Into<String>) -> Self {
        Self {
            server: server.into(),
            token: token.into(),
            reconnect: Reconnect::Always,
            backoff: Backoff::default(),
            event_buffer: 1024,
            requests_in_flight: 256,
            connect_limit: Duration::from_secs(20),
            silence_limit: Duration::from_secs(60),
        }
    }
}
