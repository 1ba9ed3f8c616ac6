//! What answers the transport and the handshake, and the acknowledgements.

use super::Revision;
use super::frame::{write_json, write_packet};
use chinwag_core::domain::{RoomSlug, Seq};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::websocket::write_text;
use serde::Serialize;

/// An event that was carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The place of the message, or the head of the room that was entered.
    pub seq: Option<Seq>,
    /// The room that was entered.
    pub entered: Option<Entered>,
}

/// Who has entered which room: both may be called otherwise than was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The room.
    pub room: RoomSlug,
    /// The name that the person has there.
    pub username: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Open<'a> {
    sid: &'a str,
    upgrades: &'a [&'a str],
    ping_interval: u64,
    ping_timeout: u64,
    max_payload: usize,
}

#[derive(Serialize)]
struct Connected<'a> {
    sid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<&'a str>,
}

#[derive(Serialize)]
struct ConnectErrorData<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Problem<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AckArgument<'a> {
    Done {
        ok: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        seq: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        username: Option<&'a str>,
    },
    Refused {
        ok: bool,
        message: &'a str,
        #[serde(flatten)]
        problem: Problem<'a>,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    code: &'a ErrorCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

impl<'a> From<&'a ProtocolError> for Problem<'a> {
    fn from(error: &'a ProtocolError) -> Self {
        Self { code: &error.code, retry_after_ms: error.retry_after_ms }
    }
}

/// Appends the packet that opens a connection: its id, to which transports it can change, how it is kept alive (milliseconds),
/// and how many bytes a client may send at once.
pub fn write_open(
    out: &mut Vec<u8>,
    sid: &str,
    upgrades: &[&str],
    ping_interval: u64,
    ping_timeout: u64,
    max_payload: usize,
) {
    write_packet(out, &[b"0"], &Open { sid, upgrades, ping_interval, ping_timeout, max_payload });
}

/// Appends the packet that lets a client into the main namespace, and tells by what it may come back, where the revision knows that.
pub fn write_connected(out: &mut Vec<u8>, sid: &str, pid: Option<&str>, revision: Revision) {
    match revision {
        Revision::Three => write_text(out, |payload| payload.extend_from_slice(b"40")),
        Revision::Four => write_packet(out, &[b"40"], &Connected { sid, pid }),
    }
}

/// Appends the packet that does not let a client into the main namespace.
pub fn write_connect_error(out: &mut Vec<u8>, error: &ProtocolError) {
    write_packet(out, &[b"44"], &ConnectErrorData { message: &error.message, data: Some(error.into()) });
}

/// Appends the packet that tells a client that there is no such namespace.
pub fn write_invalid_namespace(out: &mut Vec<u8>, namespace: &str) {
    let refused = ConnectErrorData { message: "Invalid namespace", data: None };
    write_packet(out, &[b"44", namespace.as_bytes(), b","], &refused);
}

/// Appends the packet that acknowledges an event.
pub fn write_ack(out: &mut Vec<u8>, ack: u64, result: &Result<Done, ProtocolError>) {
    let answer = match result {
        Ok(Done { seq, entered }) => AckArgument::Done {
            ok: true,
            seq: seq.map(|seq| seq.0),
            room: entered.as_ref().map(|entered| entered.room.as_str()),
            username: entered.as_ref().map(|entered| entered.username.as_str()),
        },
        Err(error) => AckArgument::Refused { ok: false, message: &error.message, problem: error.into() },
    };
    write_arguments(out, ack, &[answer]);
}

/// Appends the packet that calls an event's callback with these arguments.
pub(super) fn write_arguments(out: &mut Vec<u8>, ack: u64, arguments: &[impl Serialize]) {
    write_text(out, |payload| {
        payload.extend_from_slice(b"43");
        payload.extend_from_slice(ack.to_string().as_bytes());
        write_json(payload, &arguments);
    });
}

/// Why a request of Engine.IO is refused, with its number and sentence in the reference implementation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineError {
    /// Neither polling nor WebSocket.
    UnknownTransport,
    /// No connection of this id.
    UnknownSession,
    /// A new connection is asked for in another way than with GET.
    BadMethod,
    /// The connection does not take this request now.
    BadRequest,
    /// Pages of this origin may not connect.
    Forbidden,
    /// Another revision than 4.
    UnsupportedVersion,
}

impl EngineError {
    /// The body of the response.
    #[must_use]
    pub fn body(self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Body {
            code: u8,
            message: &'static str,
        }
        let (code, message) = match self {
            Self::UnknownTransport => (0, "Transport unknown"),
            Self::UnknownSession => (1, "Session ID unknown"),
            Self::BadMethod => (2, "Bad handshake method"),
            Self::BadRequest => (3, "Bad request"),
            Self::Forbidden => (
                4,
                "Pages of this origin may not connect. Whoever runs the server names it with --gateways-origins, or lets all in with \
                 --open-gateways.",
            ),
            Self::UnsupportedVersion => (5, "Unsupported protocol version"),
        };
        let mut body = Vec::new();
        write_json(&mut body, &Body { code, message });
        body
    }
}
