use super::farewell::SimpleFarewell;
use super::guest::{Guest, asked_name};
use super::parameters::Parameters;
use super::speech::Speech;
use super::voice;
use crate::app::App;
use crate::gateway::websocket::{
    Conversation, Reader, Received, bid_farewell, first_frame, refuse, take_over,
};
use chinwag_core::domain::{Refusal, RoomId, Seq};
use chinwag_realtime::CloseReason;
use chinwag_wire::simple::{Kind, kind};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to show by its first message what it speaks. After that it is one that only listens, as far as
/// can be seen; what was said meanwhile is not lost for it.
const GRACE: Duration = Duration::from_millis(150);

/// A client that comes.
pub(super) struct Arrival {
    pub(super) address: IpAddr,
    pub(super) parameters: Parameters,
    /// Where the log of the room ended before the client was told that it is connected.
    pub(super) moment: Option<(RoomId, Seq)>,
}

type Inbox = VecDeque<Received<Speech>>;

/// Takes a connection over and finds out what its client speaks. `None` when there is nothing to talk about.
pub(super) async fn meet(
    app: Arc<App>,
    upgrade: OnUpgrade,
    arrival: Arrival,
) -> Option<Box<Conversation<Guest>>> {
    let upgraded = take_over(upgrade).await?;
    let mut reader = Reader::new(Arc::new(upgraded.stream), app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(guest) = let_in(app, &arrival, &mut reader, &mut received).await else {
        bid_farewell(&mut reader).await;
        return None;
    };
    Some(Conversation::new(guest, reader, received))
}

async fn let_in(
    app: Arc<App>,
    arrival: &Arrival,
    reader: &mut Reader,
    received: &mut Inbox,
) -> Option<Guest> {
    let first = if arrival.parameters.are_given() { None } else { first_words(reader, received).await? };
    let kind = first.as_deref().map_or(Kind::Plain, kind);
    let guest = match kind {
        Kind::Plain => listen(app, arrival, reader).await,
        Kind::Room | Kind::Chat => {
            let name = first.as_deref().and_then(|text| asked_name(kind, text));
            Guest::speaking(app, kind, name, arrival.address, reader.stream()).await
        }
    };
    match guest {
        Ok(guest) => {
            if let Some(text) = first {
                received.push_front(Received::Text(Speech(text)));
            }
            Some(guest)
        }
        Err(refusal) => {
            let (frames, close) = voice::turned_away(kind, &refusal);
            refuse::<SimpleFarewell>(reader.stream(), frames, close).await;
            None
        }
    }
}

async fn listen(app: Arc<App>, arrival: &Arrival, reader: &Reader) -> Result<Guest, Refusal> {
    let wishes = arrival.parameters.wishes(&app.config.gateways.lobby.0)?;
    let is_decided = arrival.parameters.are_given();
    Guest::listening(app, wishes, is_decided, arrival.address, arrival.moment, reader.stream()).await
}

/// The first message, or nothing from a client that says none for a while. `None` when the client has gone.
async fn first_words(reader: &mut Reader, received: &mut Inbox) -> Option<Option<String>> {
    let close = match tokio::time::timeout(GRACE, first_frame(reader, received)).await {
        Err(_) => return Some(None),
        Ok(frame) => match frame? {
            Received::Text(Speech(text)) => return Some(Some(text)),
            Received::Ping(_) | Received::Pong => return Some(None),
            Received::Close(code) => CloseReason::Requested(code),
            Received::Violation(violation) => CloseReason::Violation(violation.code, violation.reason),
        },
    };
    refuse::<SimpleFarewell>(reader.stream(), Vec::new(), close).await;
    None
}
