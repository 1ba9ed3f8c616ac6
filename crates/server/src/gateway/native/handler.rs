use super::frame::NativeFrame;
use super::hello::Hello;
use bytes::Bytes;
use chinwag_core::chat::{ClientCommand, Reply};
use chinwag_core::domain::Refusal;
use chinwag_core::ports::Appended;
use chinwag_gateway::websocket::{InFlight, ProtocolHandler, UnreadableRow};
use chinwag_gateway::{Authenticated, ClientSession, CommandOutcome, SessionFactory};
use chinwag_wire::native::{
    ErrorCode, FrameError, NativeEncoder, NativeRequest, ProtocolError, Ref, Request,
};
use futures_util::FutureExt as _;

/// A native client that is signed in: hands its requests to the session, writes the replies.
pub(super) struct NativeHandler<S> {
    session: S,
    unreadable: UnreadableRow,
}

/// What a client gets for one of its frames.
pub(super) struct NativeResponse {
    reference: Option<Ref>,
    result: Result<Reply, ProtocolError>,
}

impl<S: ClientSession> ProtocolHandler for NativeHandler<S> {
    type Session = S;
    type Frame = NativeFrame;
    type Completion = NativeResponse;

    fn session(&self) -> &S {
        &self.session
    }

    async fn on_frame(&mut self, NativeFrame(frame): NativeFrame, in_flight: &mut InFlight<NativeResponse>) {
        match frame {
            Ok(request) => {
                self.unreadable.end();
                self.carry_out_request(request, in_flight).await;
            }
            Err(FrameError { reference, error }) => {
                let is_unreadable = error.code == ErrorCode::BadFrame;
                self.reply(reference, Err(error));
                // Newer clients may send what is not known here, and people give names that break the rules: both can be read.
                if !is_unreadable {
                    self.unreadable.end();
                } else if let Some(reason) = self.unreadable.go_on() {
                    self.session.close(reason);
                }
            }
        }
    }

    fn complete(&mut self, responses: Vec<NativeResponse>) {
        self.reply_all(responses);
    }
}

impl<S: ClientSession> NativeHandler<S> {
    /// Answers a client's `hello` and brings it up to date.
    pub(super) async fn begin<F: SessionFactory<Session = S>>(hello: Hello<F>) -> Self {
        let Hello { authenticated: Authenticated { session, rooms, since }, reference, seen } = hello;
        let own = Self { session, unreadable: UnreadableRow::default() };
        own.reply(reference, Ok(own.session.welcome(&rooms)));
        own.session.bring_up_to_date(since, seen, &rooms).await;
        own
    }

    async fn carry_out_request(
        &mut self,
        NativeRequest { reference, request }: NativeRequest,
        in_flight: &mut InFlight<NativeResponse>,
    ) {
        let command = match request {
            Request::Command(command) => command,
            Request::Ping => return self.reply(reference, Ok(Reply::Done)),
            Request::Renew { token } => {
                let renewed = self.session.renew(&token).await;
                return self.reply(reference, renewed.map(|()| Reply::Done).map_err(refused));
            }
            Request::SignIn { .. } => {
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
            CommandOutcome::Done(Ok(_)) if may_be_silent && reference.is_none() => {}
            CommandOutcome::Done(result) => self.reply(reference, result.map_err(refused)),
            CommandOutcome::Storing(stored) => {
                let ack = stored.map(move |stored| {
                    let result = stored.map(|Appended { room, seq, at }| Reply::Acked { room, seq, at });
                    NativeResponse { reference, result: result.map_err(refused) }
                });
                in_flight.push(ack);
            }
            CommandOutcome::SigningOut(reply) => {
                self.settle(in_flight).await;
                self.reply(reference, Ok(reply));
                self.session.sign_out().await;
            }
            CommandOutcome::Joined(view, catch_up) => {
                self.reply(reference, Ok(Reply::Joined(view)));
                self.session.catch_up(catch_up).await;
            }
        }
    }

    fn reply(&self, reference: Option<Ref>, result: Result<Reply, ProtocolError>) {
        self.reply_all([NativeResponse { reference, result }]);
    }

    fn reply_all(&self, responses: impl IntoIterator<Item = NativeResponse>) {
        let (mut frames, mut errors) = (Vec::new(), 0);
        for NativeResponse { reference, result } in responses {
            match result {
                Ok(reply) => NativeEncoder.reply(reference, reply, &mut frames),
                Err(error) => {
                    errors += 1;
                    NativeEncoder.error(reference, error, &mut frames);
                }
            }
        }
        self.session.note_errors(errors);
        self.session.send(Bytes::from(frames));
    }
}

fn refused(refusal: Refusal) -> ProtocolError {
    ProtocolError::from(&refusal)
}
