use super::ending::part;
use super::in_flight::InFlight;
use super::reader::{Gone, Reader, Received};
use super::source::Source;
use crate::addresses::Place;
use crate::session::Session;
use bytes::Bytes;
use chinwag_realtime::{CloseReason, Errand};
use chinwag_wire::websocket;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What a gateway makes of a conversation: it works on what the client says and tells what became of its messages.
pub(crate) trait Dialect: Send {
    /// What a client says.
    type Speech: Send;
    /// What became of a message that was on its way to the storage.
    type Fate: Send;

    fn session(&self) -> &Session;

    /// Works on one text message. What is not done at its end is handed to `in_flight`.
    fn hear(
        &mut self,
        speech: Self::Speech,
        in_flight: &mut InFlight<Self::Fate>,
    ) -> impl Future<Output = ()> + Send;

    /// Tells the client what became of some of its messages.
    fn tell(&mut self, fates: Vec<Self::Fate>);

    /// Tells the client who is there, since it may have missed something of that. Nothing in protocols that do not tell it at all, or
    /// whose clients know what they missed.
    fn tell_people(&mut self) -> impl Future<Output = ()> + Send {
        async {}
    }

    /// Waits for everything that is on its way, and tells what became of it.
    fn settle(&mut self, in_flight: &mut InFlight<Self::Fate>) -> impl Future<Output = ()> + Send {
        async {
            while let Some(fates) = in_flight.next().await {
                self.tell(fates);
            }
        }
    }
}

/// A client that is known: hears what it says, sees to it that it is answered.
pub(crate) struct Conversation<D: Dialect, S = Reader> {
    dialect: D,
    source: S,
    /// What came and is not worked on yet.
    received: VecDeque<Received<D::Speech>>,
    in_flight: InFlight<D::Fate>,
}

/// Something to do.
enum Occasion<F> {
    /// Bytes came, or the connection is gone.
    Read(Result<(), Gone>),
    /// Something came back from the storage.
    Back(Vec<F>),
    /// The outbox wants something.
    Errand(Errand),
}

/// Serves a connection whose client is met by `met`, to its last byte.
///
/// What happens once is boxed, and what is kept stands in the boxed conversation alone: this future is most of what an idle
/// connection costs.
pub(crate) fn serve<D: Dialect, S: Source<D::Speech>>(
    met: impl Future<Output = Option<Box<Conversation<D, S>>>> + Send,
    place: Place,
) -> impl Future<Output = ()> + Send {
    let met = Box::pin(met);
    async move {
        if let Some(mut conversation) = met.await {
            conversation.hold().await;
            Box::pin(conversation.end()).await;
        }
        drop(place);
    }
}

impl<D: Dialect, S: Source<D::Speech>> Conversation<D, S> {
    pub(crate) fn new(dialect: D, source: S, received: VecDeque<Received<D::Speech>>) -> Box<Self> {
        Box::new(Self { dialect, source, received, in_flight: InFlight::new() })
    }

    /// Goes on until either side ends it.
    async fn hold(&mut self) {
        while self.work_on_received().await.is_continue() && self.wait().await.is_continue() {}
    }

    /// Ends the session. What waits for the client still goes out.
    async fn end(self: Box<Self>) {
        let patience = self.dialect.session().patience();
        let connection = Arc::clone(self.dialect.session().connection());
        let Self { dialect, source, .. } = *self;
        // The person is gone for others from here on, while the last frames may still be on their way.
        drop(dialect);
        part::<D::Speech, S>(connection, source, patience).await;
    }

    /// Waits for something to do.
    async fn wait(&mut self) -> ControlFlow<()> {
        let errand = match poll_fn(|context| self.poll_occasion(context)).await {
            Occasion::Read(Ok(())) => {
                self.dialect.session().heard();
                return ControlFlow::Continue(());
            }
            Occasion::Back(fates) => {
                self.dialect.tell(fates);
                return ControlFlow::Continue(());
            }
            Occasion::Read(Err(Gone)) => {
                self.dialect.session().connection().abandon();
                Errand::LetGo
            }
            Occasion::Errand(errand) => errand,
        };
        Box::pin(self.run(errand)).await
    }

    async fn run(&mut self, errand: Errand) -> ControlFlow<()> {
        match errand {
            Errand::TellPeople => {
                self.dialect.tell_people().await;
                return ControlFlow::Continue(());
            }
            Errand::Close(reason) => self.finish(reason).await,
            Errand::LetGo => {}
        }
        ControlFlow::Break(())
    }

    /// Looks for something to do. Written by hand because an idle connection waits here: this needs no memory but three wakers.
    fn poll_occasion(&mut self, context: &mut Context<'_>) -> Poll<Occasion<D::Fate>> {
        if let Poll::Ready(errand) = self.dialect.session().connection().outbox().poll_errand(context) {
            return Poll::Ready(Occasion::Errand(errand));
        }
        if let Poll::Ready(fates) = self.in_flight.poll_next(context) {
            return Poll::Ready(Occasion::Back(fates));
        }
        self.source.poll_hear(context, &mut self.received).map(Occasion::Read)
    }

    async fn work_on_received(&mut self) -> ControlFlow<()> {
        while !self.received.is_empty() {
            if self.dialect.session().reader_lags() {
                Box::pin(self.dialect.session().reader_keeps_up()).await;
            }
            if !self.dialect.session().connection().outbox().is_open() {
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

    async fn work_on(&mut self, received: Received<D::Speech>) -> ControlFlow<()> {
        // A read may bring a thousand small messages, and another one may be ready behind it: others come in between.
        tokio::task::coop::consume_budget().await;
        let close = match received {
            Received::Text(speech) => {
                self.dialect.hear(speech, &mut self.in_flight).await;
                while self.in_flight.is_full()
                    && let Some(fates) = self.in_flight.next().await
                {
                    self.dialect.tell(fates);
                }
                return ControlFlow::Continue(());
            }
            Received::Ping(payload) => {
                let mut pong = Vec::new();
                websocket::write_pong(&mut pong, &payload);
                self.dialect.session().connection().send(Bytes::from(pong));
                return ControlFlow::Continue(());
            }
            Received::Pong => return ControlFlow::Continue(()),
            Received::Close(code) => CloseReason::Requested(code),
            Received::Violation(violation) => CloseReason::Violation(violation.code, violation.reason),
        };
        self.finish(close).await;
        ControlFlow::Break(())
    }

    /// Says what was promised, then the last frame.
    async fn finish(&mut self, reason: CloseReason) {
        self.dialect.settle(&mut self.in_flight).await;
        self.dialect.session().connection().close(reason);
    }
}
