use super::frame_source::FrameSource;
use super::handler::ProtocolHandler;
use super::in_flight::InFlight;
use super::reader::{Gone, Reader, ReceivedFrame};
use crate::ClientSession as _;
use bytes::Bytes;
use chinwag_core::ports::{CloseReason, ConnectionEvent};
use chinwag_wire::websocket;
use std::collections::VecDeque;
use std::future::{poll_fn, ready};
use std::ops::ControlFlow;
use std::task::{Context, Poll};

/// The loop of one connection whose client is known: it reads what the client says, and sees to it that it is answered.
pub struct ConnectionLoop<H: ProtocolHandler, S = Reader> {
    handler: H,
    source: S,
    /// What came and is not worked on yet.
    received: VecDeque<ReceivedFrame<H::Frame>>,
    in_flight: InFlight<H::Completion>,
}

/// Something to do.
enum Wakeup<C> {
    /// Bytes came, or the connection is gone.
    Read(Result<(), Gone>),
    /// Something came back from the storage.
    Stored(Vec<C>),
    /// The session asks for something.
    Event(ConnectionEvent),
}

/// Serves a connection whose client is let in by `handshake`, to its last byte.
///
/// What happens once is boxed, and what is kept stands in the boxed loop alone: this future is most of what an idle connection costs.
pub fn serve<H: ProtocolHandler, S: FrameSource<H::Frame>, P: Send>(
    handshake: impl Future<Output = Option<Box<ConnectionLoop<H, S>>>> + Send,
    permit: P,
) -> impl Future<Output = ()> + Send {
    serve_sessions(handshake, |_, _| ready(None), permit)
}

/// The same for a client that may [leave](ProtocolHandler::has_left) its session and begin another one: it is let in again by `again`, with
/// what came of it behind the leaving.
pub fn serve_sessions<H, S, P, N>(
    handshake: impl Future<Output = Option<Box<ConnectionLoop<H, S>>>> + Send,
    again: impl Fn(S, VecDeque<ReceivedFrame<H::Frame>>) -> N + Send + Sync,
    permit: P,
) -> impl Future<Output = ()> + Send
where
    H: ProtocolHandler,
    S: FrameSource<H::Frame>,
    P: Send,
    N: Future<Output = Option<Box<ConnectionLoop<H, S>>>> + Send,
{
    let handshake = Box::pin(handshake);
    async move {
        let mut next = handshake.await;
        while let Some(mut connection) = next {
            connection.run().await;
            // Boxed in one, so that what is left of the connection has no place in this future.
            next = Box::pin(async {
                let (source, received) = connection.end().await?;
                again(source, received).await
            })
            .await;
        }
        drop(permit);
    }
}

impl<H: ProtocolHandler, S: FrameSource<H::Frame>> ConnectionLoop<H, S> {
    /// A loop that begins with what was `received` during the handshake.
    #[must_use]
    pub fn new(handler: H, source: S, received: VecDeque<ReceivedFrame<H::Frame>>) -> Box<Self> {
        Box::new(Self { handler, source, received, in_flight: InFlight::default() })
    }

    /// Goes on until either side ends it.
    async fn run(&mut self) {
        while self.work_on_received().await.is_continue() && self.wait().await.is_continue() {}
    }

    /// Ends the session. What waits for the client still goes out: one that reads slowly is to learn why it was closed. Answers what is
    /// left of the connection when its client has left the session alone.
    async fn end(mut self: Box<Self>) -> Option<(S, VecDeque<ReceivedFrame<H::Frame>>)> {
        if self.handler.has_left() {
            self.handler.settle(&mut self.in_flight).await;
            if self.handler.session().retire().await {
                let Self { source, received, .. } = *self;
                return Some((source, received));
            }
        }
        let flushed = self.handler.session().flushed();
        let Self { handler, mut source, .. } = *self;
        // The person is gone for others from here on, while the last frames may still be on their way.
        drop(handler);
        flushed.await;
        source.linger().await;
        None
    }

    /// Waits for something to do.
    async fn wait(&mut self) -> ControlFlow<()> {
        // What is not read is not decoded, and waits with the client.
        if self.handler.session().has_to_wait() {
            Box::pin(self.handler.session().may_go_on()).await;
        }
        let event = match poll_fn(|context| self.poll_wakeup(context)).await {
            Wakeup::Read(Ok(())) => {
                self.handler.session().mark_alive();
                return ControlFlow::Continue(());
            }
            Wakeup::Stored(completions) => {
                self.handler.complete(completions);
                return ControlFlow::Continue(());
            }
            Wakeup::Read(Err(Gone)) => {
                self.handler.session().abandon();
                ConnectionEvent::Ended
            }
            Wakeup::Event(event) => event,
        };
        Box::pin(self.on_event(event)).await
    }

    async fn on_event(&mut self, event: ConnectionEvent) -> ControlFlow<()> {
        match event {
            ConnectionEvent::PresenceMissed => {
                self.handler.on_presence_missed().await;
                return ControlFlow::Continue(());
            }
            ConnectionEvent::SubscriptionEnded => match self.handler.on_subscription_ended() {
                Some(reason) => self.finish(reason).await,
                None => return ControlFlow::Continue(()),
            },
            ConnectionEvent::CloseRequested(reason) => self.finish(reason).await,
            ConnectionEvent::Ended => {}
        }
        ControlFlow::Break(())
    }

    /// Looks for something to do. Written by hand because an idle connection waits here: this needs no memory but three wakers.
    fn poll_wakeup(&mut self, context: &mut Context<'_>) -> Poll<Wakeup<H::Completion>> {
        if let Poll::Ready(event) = self.handler.session().poll_event(context) {
            return Poll::Ready(Wakeup::Event(event));
        }
        if let Poll::Ready(completions) = self.in_flight.poll_next(context) {
            return Poll::Ready(Wakeup::Stored(completions));
        }
        self.source.poll_frames(context, &mut self.received).map(Wakeup::Read)
    }

    async fn work_on_received(&mut self) -> ControlFlow<()> {
        while !self.received.is_empty() {
            if self.handler.session().has_to_wait() {
                Box::pin(self.handler.session().may_go_on()).await;
            }
            if !self.handler.session().is_open() {
                return ControlFlow::Break(());
            }
            // Taken after the wait, so that this future has no place for it.
            let Some(received) = self.received.pop_front() else { break };
            // Boxed, since an idle connection should not take the memory that the longest of the commands needs.
            if Box::pin(self.work_on(received)).await.is_break() {
                return ControlFlow::Break(());
            }
        }
        self.received = VecDeque::new();
        ControlFlow::Continue(())
    }

    async fn work_on(&mut self, received: ReceivedFrame<H::Frame>) -> ControlFlow<()> {
        // A read may bring a thousand small messages, and another one may be ready behind it: others come in between.
        tokio::task::coop::consume_budget().await;
        let close = match received {
            ReceivedFrame::Text(frame) => {
                self.handler.on_frame(frame, &mut self.in_flight).await;
                if self.handler.has_left() {
                    return ControlFlow::Break(());
                }
                while self.in_flight.is_full()
                    && let Some(completions) = self.in_flight.next().await
                {
                    self.handler.complete(completions);
                }
                return ControlFlow::Continue(());
            }
            ReceivedFrame::Ping(payload) => {
                let mut pong = Vec::new();
                websocket::write_pong(&mut pong, &payload);
                self.handler.session().send(Bytes::from(pong));
                return ControlFlow::Continue(());
            }
            ReceivedFrame::Pong => return ControlFlow::Continue(()),
            ReceivedFrame::Close(code) => CloseReason::Requested(code),
            ReceivedFrame::Violation(violation) => CloseReason::Violation(violation.code, violation.reason),
        };
        self.finish(close).await;
        ControlFlow::Break(())
    }

    /// Says what was promised, then the last frame.
    async fn finish(&mut self, reason: CloseReason) {
        self.handler.settle(&mut self.in_flight).await;
        self.handler.session().close(reason);
    }
}
