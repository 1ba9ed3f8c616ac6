use crate::state::End;
use chinwag_wire::native::{ProtocolError, Ref};

/// Why a request has no result. Every verb of [`Client`](crate::Client) answers it.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The server refused it.
    #[error("{}", .0.message)]
    Refused(ProtocolError),
    /// The connection was lost before the reply came: it may have been carried out or not. Never the answer to a message,
    /// which is sent again.
    #[error("the connection was lost before the server replied")]
    Lost,
    /// The client has ended.
    #[error(transparent)]
    Ended(#[from] End),
    /// The server replied with something else than the result of this request.
    #[error("the server replied with an unexpected frame: {0}")]
    Unexpected(String),
}

impl RequestError {
    /// The server's error, when it refused.
    #[must_use]
    pub fn refusal(&self) -> Option<&ProtocolError> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Lost | Self::Ended(_) | Self::Unexpected(_) => None,
        }
    }
}

/// Why a call of the REST interface failed.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// The server refused it.
    #[error("{}", .error.message)]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's error.
        error: ProtocolError,
    },
    /// The address is not one of a server.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The server cannot be reached.
    #[error("cannot reach the server: {0}")]
    Unreachable(#[source] std::io::Error),
    /// The exchange broke off.
    #[error("the exchange with the server broke off: {0}")]
    Broken(#[from] hyper::Error),
    /// What answers is no Chinwag server.
    #[error("this is no answer of a Chinwag server (HTTP status {0})")]
    Foreign(u16),
}

/// Why a client could not connect.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is not one of a server.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The client has ended.
    #[error(transparent)]
    Ended(#[from] End),
}

/// A text is not the address of a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the address of a server such as http://localhost:3000")]
pub struct UrlError(pub(crate) String);

/// The server broke the protocol. The client goes on as well as it can, and tells it as an [`Event`](crate::Event).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An event of a room came out of order. A repeat was left out; after a hole the client resumes from its last good place.
    #[error("event {got} of room {room} came where {} was due", .due.map_or("none".to_owned(), |due| due.to_string()))]
    OutOfOrder {
        /// The room.
        room: i64,
        /// The place that was due; `None` for a room that this client does not follow.
        due: Option<i64>,
        /// The place that came.
        got: i64,
    },
    /// A reply to nothing that was asked, or a second one.
    #[error("a reply to {0:?} came, which waits for none")]
    UnexpectedReply(Option<Ref>),
    /// A frame that this client does not understand.
    #[error("an unreadable frame came: {0}")]
    Unreadable(String),
}
