use super::frame::Frame;
use crate::gateway::websocket::{Dialect, InFlight};
use crate::session::{Outcome, Session};
use bytes::Bytes;
use chinwag_core::chat::{ClientCommand, Reply};
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_realtime::Moment;
use chinwag_wire::native::{ErrorCode, NativeEncoder, ProtocolError, Ref, Request, Wish};
use futures_util::FutureExt as _;

/// A native client that is signed in: hands its requests to the session, writes the replies.
pub(super) struct Native {
    session: Session,
}

/// What a client gets for one of its frames.
pub(super) struct Numbered {
    reference: Option<Ref>,
    result: Result<Reply, ProtocolError>,
}

impl Dialect for Native {
    type Speech = Frame;
    type Fate = Numbered;

    fn session(&self) -> &Session {
        &self.session
    }

    async fn hear(&mut self, frame: Frame, in_flight: &mut InFlight<Numbered>) {
        match frame {
            Ok(request) => self.carry_out_request(request, in_flight).await,
            Err(error) => self.reply(error.reference, Err(error.error)),
        }
    }

    fn tell(&mut self, answers: Vec<Numbered>) {
        self.reply_all(answers);
    }
}

impl Native {
    pub(super) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Greets the client and brings it up to date.
    pub(super) async fn begin(
        &self,
        rooms: Vec<RoomOverview>,
        since: Moment,
        reference: Option<Ref>,
        resume: Vec<(RoomSlug, Seq)>,
    ) {
        self.reply(reference, Ok(self.session.welcome(&rooms)));
        self.session.bring_up_to_date(since, resume, &rooms).await;
    }

    async fn carry_out_request(
        &mut self,
        Request { reference, wish }: Request,
        in_flight: &mut InFlight<Numbered>,
    ) {
        let command = match wish {
            Wish::Command(command) => command,
            Wish::Ping => return self.reply(reference, Ok(Reply::Done)),
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
                    Numbered { reference, result: result.map_err(refused) }
                });
                in_flight.push(ack);
            }
            Outcome::SigningOut(reply) => {
                self.settle(in_flight).await;
                self.reply(reference, Ok(reply));
                self.session.sign_out().await;
            }
            Outcome::Joined(view, catch_up) => {
                self.reply(reference, Ok(Reply::Joined(view)));
                self.session.catch_up(catch_up).await;
            }
        }
    }

    fn reply(&self, reference: Option<Ref>, result: Result<Reply, ProtocolError>) {
        self.reply_all([Numbered { reference, result }]);
    }

    fn reply_all(&self, answers: impl IntoIterator<Item = Numbered>) {
        let mut frames = Vec::new();
        for Numbered { reference, result } in answers {
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
