use super::{
    CreateRoom, DeleteRoom, ErrorCode, Hello, History, Join, Leave, Members, Ping, Presence, PresenceState,
    ProtocolError, Read, Ref, Rename, Rooms, Say, Send, Typing, UpdateRoom,
};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{
    self, ClientId, Refusal, RoomId, RoomReference, RoomSlug, RoomTitle, RoomTopic, Seq, UserName, Window,
};
use chinwag_core::ports::{NewRoom, RoomUpdate};
use serde::Deserialize;
use std::borrow::Cow;

/// Messages of a page when the client does not say.
const DEFAULT_PAGE: u32 = 50;
/// Members of a page when the client does not say.
const DEFAULT_MEMBERS: u32 = 100;

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
        /// The rooms to resume, with the last place seen of each.
        rooms: Vec<(RoomId, Seq)>,
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
    let command = match kind {
        "hello" => {
            let Hello { token, rooms, .. } = object(text)?;
            let resume = |(room, seq): (String, i64)| Ok((resumed_room(&room)?, Seq(seq)));
            let rooms = rooms.into_iter().map(resume).collect::<Result<_, ProtocolError>>()?;
            return Ok(Request::SignIn { token, rooms });
        }
        "join" => {
            let frame: Join = object(text)?;
            ClientCommand::Join { room: joined_room(&frame)?, limit: frame.limit.unwrap_or(DEFAULT_PAGE) }
        }
        "leave" => ClientCommand::Leave { room: RoomId(object::<Leave>(text)?.room) },
        "send" => {
            let Send { room, client_id, text, .. } = object(text)?;
            let client_id = ClientId::parse(&client_id).map_err(refused)?;
            ClientCommand::Send { room: RoomId(room), client_id, text }
        }
        "say" => {
            let Say { room, client_id, text, .. } = object(text)?;
            let client_id = ClientId::parse(&client_id).map_err(refused)?;
            ClientCommand::Say { room: RoomId(room), client_id, text: text.into() }
        }
        "history" => {
            let frame: History = object(text)?;
            let limit = frame.limit.unwrap_or(DEFAULT_PAGE);
            ClientCommand::History { room: RoomId(frame.room), window: window(&frame)?, limit }
        }
        "members" => {
            let Members { room, after, limit, .. } = object(text)?;
            ClientCommand::Members { room: RoomId(room), after, limit: limit.unwrap_or(DEFAULT_MEMBERS) }
        }
        "rooms" => {
            let Rooms { .. } = object(text)?;
            ClientCommand::Rooms
        }
        "createRoom" => {
            let CreateRoom { kind, title, slug: address, topic, .. } = object(text)?;
            let title = RoomTitle::parse(&title).map_err(refused)?;
            let topic = RoomTopic::parse(&topic).map_err(refused)?;
            let slug = match address {
                Some(address) => slug(&address)?,
                None => RoomSlug::of_name(title.as_str()).map_err(refused)?,
            };
            ClientCommand::CreateRoom(Box::new(NewRoom { kind: kind.into(), slug, title, topic }))
        }
        "updateRoom" => {
            let UpdateRoom { room, title, topic, slug: address, .. } = object(text)?;
            let title = title.map(|title| RoomTitle::parse(&title)).transpose().map_err(refused)?;
            let topic = topic.map(|topic| RoomTopic::parse(&topic)).transpose().map_err(refused)?;
            let slug = address.map(|address| slug(&address)).transpose()?;
            let update = Box::new(RoomUpdate { title, topic, slug });
            ClientCommand::UpdateRoom { room: RoomId(room), update }
        }
        "deleteRoom" => ClientCommand::DeleteRoom { room: RoomId(object::<DeleteRoom>(text)?.room) },
        "rename" => {
            ClientCommand::Rename { name: UserName::parse(&object::<Rename>(text)?.name).map_err(refused)? }
        }
        "read" => {
            let Read { room, seq, .. } = object(text)?;
            ClientCommand::Read { room: RoomId(room), seq: Seq(seq) }
        }
        "typing" => ClientCommand::Typing { room: RoomId(object::<Typing>(text)?.room) },
        "presence" => ClientCommand::Presence { presence: presence(object::<Presence>(text)?.state)? },
        "ping" => {
            let Ping { .. } = object(text)?;
            return Ok(Request::Ping);
        }
        unknown => {
            let shown: String = unknown.chars().take(40).collect();
            return Err(ProtocolError::new(
                ErrorCode::UnknownType,
                format!("There is no frame of type {shown:?}."),
            ));
        }
    };
    Ok(Request::Command(command))
}

/// Reads some of the fields of a frame.
fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ProtocolError> {
    // An array with the values of the fields would be taken, too.
    if !text.trim_start().starts_with('{') {
        return Err(bad("A frame is a JSON object; bare text is for the simple protocols.".to_owned()));
    }
    serde_json::from_str(text).map_err(|error| {
        let complaint: String = error.to_string().chars().take(COMPLAINT).collect();
        bad(format!("The frame cannot be read: {complaint}."))
    })
}

/// The room that a client comes back to: the key of a JSON object, so a number as text.
fn resumed_room(key: &str) -> Result<RoomId, ProtocolError> {
    key.parse().map(RoomId).map_err(|_| {
        let shown: String = key.chars().take(40).collect();
        bad(format!("rooms has the numbers of rooms as keys, and {shown:?} is none."))
    })
}

fn joined_room(frame: &Join) -> Result<RoomReference, ProtocolError> {
    match (frame.room, &frame.slug) {
        (Some(room), None) => Ok(RoomId(room).into()),
        (None, Some(address)) => Ok(slug(address)?.into()),
        (None, None) => Err(bad("Say which room: its number as room, or its address as slug.".to_owned())),
        (Some(_), Some(_)) => Err(bad("Say either room or slug, not both.".to_owned())),
    }
}

fn slug(text: &str) -> Result<RoomSlug, ProtocolError> {
    RoomSlug::parse(text).map_err(refused)
}

fn window(frame: &History) -> Result<Window, ProtocolError> {
    match (frame.before, frame.around, frame.after) {
        (None, None, None) => Ok(Window::Latest),
        (Some(before), None, None) => Ok(Window::Before(Seq(before))),
        (None, Some(around), None) => Ok(Window::Around(Seq(around))),
        (None, None, Some(after)) => Ok(Window::After(Seq(after))),
        (_, _, _) => Err(bad("Only one of before, around and after can be asked for.".to_owned())),
    }
}

fn presence(state: PresenceState) -> Result<domain::Presence, ProtocolError> {
    match state {
        PresenceState::Online => Ok(domain::Presence::Online),
        PresenceState::Away => Ok(domain::Presence::Away),
        PresenceState::Offline => {
            Err(bad("state is online or away; to be offline, close the connection.".to_owned()))
        }
    }
}

fn bad(message: String) -> ProtocolError {
    ProtocolError::new(ErrorCode::BadFrame, message)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
