use super::engine_sessions::{EngineInbox, Inbound};
use chinwag_gateway::websocket::{FrameSource, FromText, Gone, Reader, ReceivedFrame, linger};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// How long a client that polls may take to fetch what it was told last.
const LINGER: Duration = Duration::from_secs(2);

/// What is received of a client.
pub(super) enum ReceivedPacket {
    /// A packet as it came: it is decoded when it is worked on, since it takes far more memory then.
    Packet(String),
    /// The time has passed for which the connection [gives the client time](EngineReceiver::give).
    Waited,
}

/// Receives what a client sends by whatever transport it uses at the moment.
pub(super) struct EngineReceiver {
    transport: ReceiverTransport,
    patience: Option<Pin<Box<Sleep>>>,
}

enum ReceiverTransport {
    WebSocket(Reader),
    Polling(EngineInbox),
}

impl FromText for ReceivedPacket {
    const NOT_BINARY: &'static str = "Binary data is not taken; send text.";

    fn from_text(text: &str) -> Self {
        Self::Packet(text.to_owned())
    }
}

impl EngineReceiver {
    pub(super) fn websocket(reader: Reader) -> Self {
        Self { transport: ReceiverTransport::WebSocket(reader), patience: None }
    }

    pub(super) fn polling(inbox: EngineInbox) -> Self {
        Self { transport: ReceiverTransport::Polling(inbox), patience: None }
    }

    /// Gives the client time, at the end of which [`ReceivedPacket::Waited`] is received.
    pub(super) fn give(&mut self, time: Duration) {
        self.patience = Some(Box::pin(sleep(time)));
    }

    fn poll_packets(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
    ) -> Poll<Result<(), Gone>> {
        let inbox = match &mut self.transport {
            ReceiverTransport::WebSocket(reader) => return reader.poll_read(context, received),
            ReceiverTransport::Polling(inbox) => inbox,
        };
        match ready!(inbox.inbox.poll_recv(context)) {
            Some(Inbound::Packet(packet)) => {
                received.push_back(ReceivedFrame::Text(ReceivedPacket::Packet(packet)));
            }
            Some(Inbound::Changed(reader, already)) => {
                received.extend(already);
                self.transport = ReceiverTransport::WebSocket(reader);
            }
            None => return Poll::Ready(Err(Gone)),
        }
        Poll::Ready(Ok(()))
    }
}

impl FrameSource<ReceivedPacket> for EngineReceiver {
    fn poll_frames(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
    ) -> Poll<Result<(), Gone>> {
        if let Poll::Ready(result) = self.poll_packets(context, received) {
            return Poll::Ready(result);
        }
        let Some(patience) = &mut self.patience else { return Poll::Pending };
        ready!(patience.as_mut().poll(context));
        self.patience = None;
        received.push_back(ReceivedFrame::Text(ReceivedPacket::Waited));
        Poll::Ready(Ok(()))
    }

    async fn linger(&mut self) {
        match &mut self.transport {
            ReceiverTransport::WebSocket(reader) => linger(reader).await,
            ReceiverTransport::Polling(inbox) => {
                _ = tokio::time::timeout(LINGER, inbox.transport.taken()).await;
                inbox.transport.end(&[]);
            }
        }
    }
}
