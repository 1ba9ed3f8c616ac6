use super::lines::{Hearing, Inbound};
use crate::gateway::websocket::{FromText, Gone, Reader, Received, Source, bid_farewell};
use chinwag_wire::socketio::EnginePacket;
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
    /// The time has passed for which the connection [gives the client time](Ear::give).
    Waited,
}

/// Hears a client by whatever transport it uses at the moment.
pub(super) struct Ear {
    way: Way,
    patience: Option<Pin<Box<Sleep>>>,
}

enum Way {
    WebSocket(Reader),
    Polling(Hearing),
}

impl FromText for Heard {
    const NOT_BINARY: &'static str = "Binary data is not taken; send text.";

    fn from_text(text: &str) -> Self {
        Self::Packet(EnginePacket::decode(text))
    }
}

impl Ear {
    pub(super) fn websocket(reader: Reader) -> Self {
        Self { way: Way::WebSocket(reader), patience: None }
    }

    pub(super) fn polling(hearing: Hearing) -> Self {
        Self { way: Way::Polling(hearing), patience: None }
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
        let hearing = match &mut self.way {
            Way::WebSocket(reader) => return reader.poll_read(context, received),
            Way::Polling(hearing) => hearing,
        };
        match ready!(hearing.inbox.poll_recv(context)) {
            Some(Inbound::Sign) => {}
            Some(Inbound::Packet(packet)) => received.push_back(Received::Text(Heard::Packet(packet))),
            Some(Inbound::Changed(reader, already)) => {
                received.extend(already);
                self.way = Way::WebSocket(reader);
            }
            None => return Poll::Ready(Err(Gone)),
        }
        Poll::Ready(Ok(()))
    }
}

impl Source<Heard> for Ear {
    fn poll_hear(
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

    async fn bid_farewell(&mut self) {
        match &mut self.way {
            Way::WebSocket(reader) => bid_farewell(reader).await,
            Way::Polling(hearing) => {
                _ = tokio::time::timeout(FAREWELL, hearing.transport.taken()).await;
                hearing.transport.end();
            }
        }
    }
}
