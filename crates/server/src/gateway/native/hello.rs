use super::farewell::NativeFarewell;
use super::frame::Frame;
use crate::app::App;
use crate::gateway::websocket::{self, Reader, Received, WebSocket, first_frame};
use crate::session::Session;
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_realtime::{CloseReason, Moment, Protocol};
use chinwag_wire::native::{NativeEncoder, ProtocolError, Ref, Request, Wish};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// A client that has said hello.
pub(super) struct Greeting {
    pub(super) session: Session,
    /// The rooms that the person is in.
    pub(super) rooms: Vec<RoomOverview>,
    /// From when on news of them may be missing.
    pub(super) since: Moment,
    pub(super) reference: Option<Ref>,
    pub(super) resume: Vec<(RoomSlug, Seq)>,
}

/// Waits for the client's `hello` and signs it in. Otherwise says why not, and answers `None`.
pub(super) async fn greet(
    app: &Arc<App>,
    reader: &mut Reader,
    received: &mut VecDeque<Received<Frame>>,
) -> Option<Greeting> {
    let limit = Duration::from_millis(app.config.hello_limit_ms);
    let first = tokio::select! {
        first = first_frame(reader, received) => first,
        () = tokio::time::sleep(limit) => {
            refuse(reader, CloseReason::NoHello, None).await;
            return None;
        }
        () = app.hub.drained() => {
            refuse(reader, CloseReason::Restart, None).await;
            return None;
        }
    };
    let (reference, token, resume) = match first? {
        Received::Text(Ok(Request { reference, wish: Wish::SignIn { token, rooms } })) => {
            (reference, token, rooms)
        }
        Received::Text(Err(error)) => {
            refuse(reader, CloseReason::NoHello, Some((error.reference, error.error))).await;
            return None;
        }
        Received::Violation(violation) => {
            refuse(reader, CloseReason::Violation(violation.code, violation.reason), None).await;
            return None;
        }
        Received::Close(code) => {
            refuse(reader, CloseReason::Requested(code), None).await;
            return None;
        }
        Received::Text(Ok(_)) | Received::Ping(_) | Received::Pong => {
            refuse(reader, CloseReason::NoHello, None).await;
            return None;
        }
    };
    let socket = Box::new(WebSocket::<NativeFarewell>::new(reader.stream()));
    match Session::open(Arc::clone(app), &token, Protocol::Native, socket).await {
        Ok((session, rooms, since)) => Some(Greeting { session, rooms, since, reference, resume }),
        Err(refusal) => {
            let unauthorized = refusal == Refusal::Unauthorized;
            let close = if unauthorized { CloseReason::Unauthorized } else { CloseReason::Busy };
            refuse(reader, close, Some((reference, ProtocolError::from(&refusal)))).await;
            None
        }
    }
}

/// Sends an error, when there is one, and closes.
async fn refuse(reader: &Reader, close: CloseReason, error: Option<(Option<Ref>, ProtocolError)>) {
    let mut frames = Vec::new();
    if let Some((reference, error)) = error {
        NativeEncoder.error(reference, error, &mut frames);
    }
    websocket::refuse::<NativeFarewell>(reader.stream(), frames, close).await;
}
