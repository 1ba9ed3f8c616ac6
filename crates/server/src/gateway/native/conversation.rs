use super::frame::Frame;
use crate::gateway::websocket::{Gone, InFlight, Reader, Received};
use crate::session::{Outcome, Session};
use bytes::Bytes;
use chinwag_core::chat::{ClientCommand, Reply};
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_realtime::{CloseReason, Connection};
use chinwag_wire::native::{ErrorCode, NativeEncoder, ProtocolError, Ref, Request, Wish};
use chinwag_wire::websocket;
use futures_util::FutureExt as _;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// A native connection that is signed in: reads requests, hands them to the session, writes the replies.
pub(super) struct Conversation {
    session: Session,
    reader: Reader,
    /// What came and is not worked on yet.
    received: VecDeque<Received<Frame>>,
    /// Messages that are being stored.
    storing: InFlight<Answer>,
}

/// Something to do.
enum Occasion {
    /// Bytes came, or the connection is gone.
    Read(Result<(), Gone>),
    /// A message was stored or refused.
    Stored(Answer),
    /// The connection is to end.
    Ending(Option<CloseReason>),
}

/// What a client gets for one of its frames.
struct Answer {
    reference: Option<Ref>,
    result: Result<Reply, ProtocolError>,
}

impl Conversation {
    pub(super) fn new(session: Session, reader: Reader, received: VecDeque<Received<Frame>>) -> Self {
        Self { session, reader, received, storing: InFlight::new() }
    }

    /// Greets the client and brings it up to date.
    pub(super) async fn begin(
        &mut self,
        rooms: Vec<RoomOverview>,
        reference: Option<Ref>,
        resume: Vec<(RoomSlug, Seq)>,
    ) {
        self.reply(reference, Ok(self.session.welcome(&rooms)));
        self.session.resume(resume, &rooms).await;
    }

    /// Goes on until either side ends it.
    pub(super) async fn hold(&mut self) {
        while self.work_on_received().await.is_continue() && self.wait().await.is_continue() {}
    }

    /// How long the client may take to read what waits for it at the end.
    pub(super) fn patience(&self) -> Duration {
        self.session.patience()
    }

    /// Ends the session. What waits for the client may still go out.
    pub(super) fn end(self) -> (Arc<Connection>, Reader) {
        (Arc::clone(self.session.connection()), self.reader)
    }

    /// Waits for something to do.
    async fn wait(&mut self) -> ControlFlow<()> {
        let asked = match poll_fn(|context| self.poll_occasion(context)).await {
            Occasion::Read(Ok(())) => {
                self.session.heard();
                return ControlFlow::Continue(());
            }
            Occasion::Stored(answer) => {
                self.reply_stored(answer);
                return ControlFlow::Continue(());
            }
            Occasion::Read(Err(Gone)) => {
                self.session.connection().abandon();
                None
            }
            Occasion::Ending(asked) => asked,
        };
        if let Some(reason) = asked {
            Box::pin(self.finish(reason)).await;
        }
        ControlFlow::Break(())
    }

    /// Looks for something to do. Written by hand because an idle connection waits here: this needs no memory but three wakers.
    fn poll_occasion(&mut self, context: &mut Context<'_>) -> Poll<Occasion> {
        if let Poll::Ready(asked) = self.session.connection().outbox().poll_ending(context) {
            return Poll::Ready(Occasion::Ending(asked));
        }
        if let Poll::Ready(answer) = self.storing.poll_next(context) {
            return Poll::Ready(Occasion::Stored(answer));
        }
        self.reader.poll_read(context, &mut self.received).map(Occasion::Read)
    }

    async fn work_on_received(&mut self) -> ControlFlow<()> {
        while !self.received.is_empty() {
            if self.session.reader_lags() {
                Box::pin(self.session.reader_keeps_up()).await;
            }
            if !self.session.connection().outbox().is_open() {
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

    async fn work_on(&mut self, received: Received<Frame>) -> ControlFlow<()> {
        let close = match received {
            Received::Text(Ok(request)) => {
                self.carry_out(request).await;
                return ControlFlow::Continue(());
            }
            Received::Text(Err(error)) => {
                self.reply(error.reference, Err(error.error));
                return ControlFlow::Continue(());
            }
            Received::Ping(payload) => {
                let mut pong = Vec::new();
                websocket::write_pong(&mut pong, &payload);
                self.session.connection().send(Bytes::from(pong));
                return ControlFlow::Continue(());
            }
            Received::Pong => return ControlFlow::Continue(()),
            Received::Close(code) => CloseReason::Requested(code),
            Received::Violation(violation) => CloseReason::Violation(violation.code, violation.reason),
        };
        self.finish(close).await;
        ControlFlow::Break(())
    }

    async fn carry_out(&mut self, Request { reference, wish }: Request) {
        let command = match wish {
            Wish::Command(command) => command,
            Wish::SignIn { .. } => {
                let error =
                    ProtocolError::new(ErrorCode::AlreadySignedIn, "This connection has said hello already.");
                return self.reply(reference, Err(error));
            }
        };
        let may_be_silent = matches!(
            command,
            ClientCommand::Typing { .. } | ClientCommand::Presence { .. } | ClientCommand::Read { .. }
        );
        match self.session.carry_out(command).await {
            Outcome::Done(Ok(_)) if may_be_silent && reference.is_none() => {}
            Outcome::Done(result) => self.reply(reference, result.map_err(refused)),
            Outcome::Storing(room, stored) => {
                let ack = stored.map(move |stored| {
                    let result =
                        stored.map(|message| Reply::Acked { room, seq: message.seq, at: message.at });
                    Answer { reference, result: result.map_err(refused) }
                });
                self.storing.push(ack);
                while self.storing.is_full()
                    && let Some(stored) = self.storing.next().await
                {
                    self.reply_stored(stored);
                }
            }
            Outcome::SigningOut(reply) => {
                self.settle().await;
                self.reply(reference, Ok(reply));
                self.session.sign_out().await;
            }
            Outcome::Joined(view, catch_up) => {
                self.reply(reference, Ok(Reply::Joined(view)));
                self.session.catch_up(catch_up).await;
            }
        }
    }

    /// Sends the acks that were promised, then the last frame.
    async fn finish(&mut self, reason: CloseReason) {
        self.settle().await;
        self.session.connection().close(reason);
    }

    /// Sends the acks that were promised.
    async fn settle(&mut self) {
        while let Some(stored) = self.storing.next().await {
            self.reply_stored(stored);
        }
    }

    fn reply(&self, reference: Option<Ref>, result: Result<Reply, ProtocolError>) {
        self.reply_all(std::iter::once(Answer { reference, result }));
    }

    /// Sends an ack together with all others that are ready: a commit of many messages costs one write.
    fn reply_stored(&mut self, first: Answer) {
        let mut answers = vec![first];
        answers.extend(self.storing.ready());
        self.reply_all(answers.into_iter());
    }

    fn reply_all(&self, answers: impl Iterator<Item = Answer>) {
        let mut frames = Vec::new();
        for Answer { reference, result } in answers {
            match result {
                Ok(reply) => NativeEncoder.reply(reference, reply, &mut frames),
                Err(error) => NativeEncoder.error(reference, error, &mut frames),
            }
        }
        self.session.connection().send(Bytes::from(frames));
    }
}

fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
