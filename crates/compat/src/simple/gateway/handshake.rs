use super::client::SimpleClient;
use super::close_code::SimpleCloseCode;
use super::json_kind::JsonKind;
use super::parameters::PlainParameters;
use super::replies;
use super::text_frame::TextFrame;
use crate::Compat;
use crate::simple::codec::{SimpleKind, kind};
use crate::url_token::UrlToken;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::CloseReason;
use chinwag_gateway::websocket::{
    ConnectionLoop, Reader, ReceivedFrame, first_frame, linger, refuse, take_over,
};
use chinwag_gateway::{LogPosition, SessionFactory};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to show by its first message what it speaks. After that it is one that only listens, as far as
/// can be seen; what was said meanwhile is not lost for it.
const GRACE: Duration = Duration::from_millis(150);

/// A client that comes.
pub(super) struct Visit {
    pub(super) address: IpAddr,
    /// Who it is, if the address says that.
    pub(super) token: UrlToken,
    pub(super) parameters: PlainParameters,
    /// Where the log of the room ended before the client was told that it is connected.
    pub(super) since: Option<LogPosition>,
}

type Inbox = VecDeque<ReceivedFrame<TextFrame>>;

/// Takes a connection over and finds out what its client speaks. `None` when there is nothing to talk about.
pub(super) async fn run<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    upgrade: OnUpgrade,
    visit: Visit,
) -> Option<Box<ConnectionLoop<SimpleClient<F>>>> {
    let upgraded = take_over(upgrade).await?;
    let mut reader = Reader::new(Arc::new(upgraded.stream), compat.sessions.limits().frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(client) = authenticate(compat, &visit, &mut reader, &mut received).await else {
        linger(&mut reader).await;
        return None;
    };
    Some(ConnectionLoop::new(client, reader, received))
}

async fn authenticate<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    visit: &Visit,
    reader: &mut Reader,
    received: &mut Inbox,
) -> Option<SimpleClient<F>> {
    let first = if visit.parameters.are_given() { None } else { first_text(reader, received).await? };
    let kind = first.as_deref().and_then(kind).unwrap_or(SimpleKind::Plain);
    let client = match JsonKind::of(kind) {
        None => listen(compat, visit, reader).await,
        Some(kind) => {
            let name = first.as_deref().and_then(|text| kind.asked_name(text));
            SimpleClient::speaking(compat, kind, name, visit, reader.stream()).await
        }
    };
    match client {
        Ok(client) => {
            if let Some(text) = first {
                received.push_front(ReceivedFrame::Text(TextFrame(text)));
            }
            Some(client)
        }
        Err(refusal) => {
            let (frames, close) = replies::turned_away(kind, &refusal);
            refuse::<SimpleCloseCode>(reader.stream(), frames, close).await;
            None
        }
    }
}

async fn listen<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    visit: &Visit,
    reader: &Reader,
) -> Result<SimpleClient<F>, Refusal> {
    let options = visit.parameters.plain_options(compat.lobby(), compat.settings.text_echo);
    let is_decided = visit.parameters.are_given();
    SimpleClient::listening(compat, options, is_decided, visit, reader.stream()).await
}

/// The first message, or nothing from a client that says none for a while. `None` when the client has gone.
async fn first_text(reader: &mut Reader, received: &mut Inbox) -> Option<Option<String>> {
    let close = match tokio::time::timeout(GRACE, first_frame(reader, received)).await {
        Err(_) => return Some(None),
        Ok(frame) => match frame? {
            ReceivedFrame::Text(TextFrame(text)) => return Some(Some(text)),
            ReceivedFrame::Ping(_) | ReceivedFrame::Pong => return Some(None),
            ReceivedFrame::Close(code) => CloseReason::Requested(code),
            ReceivedFrame::Violation(violation) => CloseReason::Violation(violation.code, violation.reason),
        },
    };
    refuse::<SimpleCloseCode>(reader.stream(), Vec::new(), close).await;
    None
}
