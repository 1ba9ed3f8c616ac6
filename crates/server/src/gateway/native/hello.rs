use super::PROTOCOL;
use super::close_code::NativeCloseCode;
use super::frame::NativeFrame;
use chinwag_core::domain::Refusal;
use chinwag_core::ports::CloseReason;
use chinwag_gateway::websocket::{self, Reader, ReceivedFrame, WebSocket, first_frame};
use chinwag_gateway::{Authenticated, SeenRooms, SessionFactory};
use chinwag_wire::native::{NativeEncoder, NativeRequest, ProtocolError, Ref, Request};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;

/// A client that has said hello.
pub(super) struct Hello<F: SessionFactory> {
    pub(super) authenticated: Authenticated<F::Session>,
    pub(super) reference: Option<Ref>,
    pub(super) seen: SeenRooms,
}

/// Waits for the client's `hello` and signs it in. Otherwise says why not, and answers `None`.
pub(super) async fn hello<F: SessionFactory>(
    sessions: &Arc<F>,
    address: IpAddr,
    reader: &mut Reader,
    received: &mut VecDeque<ReceivedFrame<NativeFrame>>,
) -> Option<Hello<F>> {
    let first = tokio::select! {
        first = first_frame(reader, received) => first,
        () = tokio::time::sleep(sessions.limits().hello) => {
            refuse(reader, CloseReason::NoHello, None).await;
            return None;
        }
        () = sessions.drained() => {
            refuse(reader, CloseReason::Restart, None).await;
            return None;
        }
    };
    let (reference, token, seen) = match first? {
        ReceivedFrame::Text(NativeFrame(Ok(NativeRequest {
            reference,
            request: Request::SignIn { token, epoch, rooms },
        }))) => (reference, token, SeenRooms { epoch, rooms }),
        ReceivedFrame::Text(NativeFrame(Err(error))) => {
            refuse(reader, CloseReason::NoHello, Some((error.reference, error.error))).await;
            return None;
        }
        ReceivedFrame::Violation(violation) => {
            refuse(reader, CloseReason::Violation(violation.code, violation.reason), None).await;
            return None;
        }
        ReceivedFrame::Close(code) => {
            refuse(reader, CloseReason::Requested(code), None).await;
            return None;
        }
        ReceivedFrame::Text(NativeFrame(Ok(_))) | ReceivedFrame::Ping(_) | ReceivedFrame::Pong => {
            refuse(reader, CloseReason::NoHello, None).await;
            return None;
        }
    };
    let socket = Box::new(WebSocket::<NativeCloseCode>::new(reader.stream()));
    match sessions.authenticate(&token, address, PROTOCOL, socket).await {
        Ok(authenticated) => Some(Hello { authenticated, reference, seen }),
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
    websocket::refuse::<NativeCloseCode>(reader.stream(), frames, close).await;
}
