use std::time::Duration;

/// How a client stands to its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Connecting, or saying hello.
    Connecting,
    /// Connected and welcomed.
    Online,
    /// The connection was lost; the next attempt is made after the delay.
    Waiting {
        /// From the beginning of this state to the next attempt.
        delay: Duration,
    },
    /// It is over; the client does not come back.
    Ended(End),
}

/// Why a client ended for good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum End {
    /// The client was closed or dropped.
    #[error("the client was closed")]
    Closed,
    /// The server closed with a code that forbids to come back.
    #[error("the server closed the connection: {reason} ({code})")]
    Dismissed {
        /// The close code.
        code: u16,
        /// The server's reason.
        reason: String,
    },
    /// The server refused the WebSocket.
    #[error("the server refused the connection (HTTP status {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The connection was lost, and the client was told not to come back ([`Reconnect::Never`](crate::Reconnect::Never)).
    #[error("the connection was lost: {0}")]
    Lost(String),
}
