use super::engine_sessions::{Inbox, Inbound};
use chinwag_gateway::websocket::{FromText, Gone, Reader, Received, Source, linger};
use crate::socketio::codec::EnginePacket;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// How long a client that polls may take to fetch what it was told last.
const FAREWELL: Duration = Duration::from_secs(2);

/// What is heard of a client.
pub(super) enum Heard {
    Packet(EnginePacket),
    /// The time has passed for which the connection [gives the client time](Receiver::give).
    Waited,
}

/// Hears a client by whatever transport it uses at the moment.
pub(super) struct Receiver {
    way: Channel,
    patience: Option<Pin<Box<Sleep>>>,
}

enum Channel {
    WebSocket(Reader),
    Polling(Inbox),
}

impl FromText for Heard {
    const NOT_BINARY: &'static str = "Binary data is not taken; send text.";

    fn from_text(text: &str) -> Self {
        Self::Packet(EnginePacket::decode(text))
    }
}

impl Receiver {
    pub(super) fn websocket(reader: Reader) -> Self {
        Self { way: Channel::WebSocket(reader), patience: None }
    }

    pub(super) fn polling(inbox: Inbox) -> Self {
        Self { way: Channel::Polling(inbox), patience: None }
    }

    /// Gives the client time, at the end of which [`Heard::Waited`] is heard.
    pub(super) fn give(&mut self, time: Duration) {
        self.patience = Some(Box::pin(sleep(time)));
    }

    fn poll_packets(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<Received<Heard>>,
    ) -> Poll<Result<(), Gone>> {
        let inbox = match &mut self.way {
            Channel::WebSocket(reader) => return reader.poll_read(context, received),
            Channel::Polling(inbox) => inbox,
        };
        match ready!(inbox.inbox.poll_recv(context)) {
            Some(Inbound::Sign) => {}
            Some(Inbound::Packet(packet)) => received.push_back(Received::Text(Heard::Packet(packet))),
            Some(Inbound::Changed(reader, already)) => {
                received.extend(already);
                self.way = Channel::WebSocket(reader);
            }
            None => return Poll::Ready(Err(Gone)),
        }
        Poll::Ready(Ok(()))
    }
}

impl Source<Heard> for Receiver {
    fn poll_frames(
        &mut self,
        context: &mut Context<'_>,
        received: &mut VecDeque<Received<Heard>>,
    ) -> Poll<Result<(), Gone>> {
        if let Poll::Ready(result) = self.poll_packets(context, received) {
            return Poll::Ready(result);
        }
        let Some(patience) = &mut self.patience else { return Poll::Pending };
        ready!(patience.as_mut().poll(context));
        self.patience = None;
        received.push_back(Received::Text(Heard::Waited));
        Poll::Ready(Ok(()))
    }

    async fn linger(&mut self) {
        match &mut self.way {
            Channel::WebSocket(reader) => linger(reader).await,
            Channel::Polling(inbox) => {
                _ = tokio::time::timeout(FAREWELL, inbox.transport.taken()).await;
                inbox.transport.end();
            }
        }
    }
}
