use super::client_frame::FrameType;
use super::{ErrorCode, ProtocolError, Ref};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{Refusal, RoomId, RoomSlug, Seq};
use serde::Deserialize;
use std::borrow::Cow;

/// Messages of a page when the client does not say.
pub(super) const DEFAULT_PAGE: u32 = 50;

/// What a client asks for, and under which name it wants the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeRequest {
    /// The client's name for the frame. Without it only errors are answered, for the frames that may go without.
    pub reference: Option<Ref>,
    /// What is asked for.
    pub request: Request,
}

/// A frame's meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Sign this connection in.
    SignIn {
        /// The session's token.
        token: String,
        /// The epoch in which the places of the rooms were seen; the present one when the client does not say.
        epoch: Option<String>,
        /// The rooms to resume, with the last place seen of each.
        rooms: Vec<(RoomId, Seq)>,
    },
    /// Take a new token of the same session.
    Renew {
        /// The token.
        token: String,
    },
    /// Show a sign of life.
    Ping,
    /// Carry out a command.
    Command(ClientCommand),
}

/// A frame that cannot be carried out, to be answered with an `error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    /// The frame's `ref`, as far as it could be read.
    pub reference: Option<Ref>,
    /// The answer.
    pub error: ProtocolError,
}

/// Characters of a parser's complaint that are shown: it may quote what the client sent.
const COMPLAINT: usize = 200;

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(rename = "ref", default)]
    reference: Option<Ref>,
}

/// What is left of a frame whose `type` cannot be read.
#[derive(Deserialize)]
struct Tag {
    #[serde(rename = "ref", default)]
    reference: Option<Ref>,
}

/// Reads a client's text frame.
///
/// The `type` and `ref` are read first, then the rest by its type: an error names the `ref`, and nothing is buffered.
///
/// # Errors
/// [`FrameError`] with `bad_frame`, `unknown_type`, or the code of the domain's rule that a field breaks.
pub fn decode(text: &str) -> Result<NativeRequest, FrameError> {
    let head: Head<'_> = match object(text) {
        Ok(head) => head,
        Err(error) => {
            let reference = object::<Tag>(text).ok().and_then(|tag| tag.reference);
            return Err(FrameError { reference, error });
        }
    };
    let request = match request(&head.kind, text) {
        Ok(request) => request,
        Err(error) => return Err(FrameError { reference: head.reference, error }),
    };
    Ok(NativeRequest { reference: head.reference, request })
}

fn request(kind: &str, text: &str) -> Result<Request, ProtocolError> {
    let Ok(kind) = kind.parse::<FrameType>() else {
        let shown: String = kind.chars().take(40).collect();
        let message = format!("There is no frame of type {shown:?}.");
        return Err(ProtocolError::new(ErrorCode::UnknownType, message));
    };
    kind.read(text)
}

/// Reads some of the fields of a frame.
pub(super) fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ProtocolError> {
    // An array with the values of the fields would be taken, too.
    if !text.trim_start().starts_with('{') {
        return Err(bad("A frame is a JSON object; bare text is for the simple protocols.".to_owned()));
    }
    serde_json::from_str(text).map_err(|error| {
        let complaint: String = error.to_string().chars().take(COMPLAINT).collect();
        bad(format!("The frame cannot be read: {complaint}."))
    })
}

pub(super) fn slug(text: &str) -> Result<RoomSlug, ProtocolError> {
    RoomSlug::parse(text).map_err(refused)
}

pub(super) fn bad(message: String) -> ProtocolError {
    ProtocolError::new(ErrorCode::BadFrame, message)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
