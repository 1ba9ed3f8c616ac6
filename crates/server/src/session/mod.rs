//! A connection's life, the same for every gateway: sign in or visit, resume, carry out commands, end.

mod catch_up;
mod dispatch;
mod enter;
mod join;
mod post;
mod resume;
mod say;
#[cfg(test)]
mod tests;
mod visit;

pub(crate) use dispatch::Outcome;
pub(crate) use enter::Others;
pub(crate) use join::CatchUp;
pub(crate) use say::Said;
pub(crate) use visit::Visitor;

use crate::app::App;
use chinwag_core::chat::{LimitsInfo, Reply, RoomListing};
use chinwag_core::domain::{Actor, Refusal, RoomId, RoomOverview, SessionId, User};
use chinwag_core::ports::Greeting;
use chinwag_realtime::{CloseReason, Connection, ConnectionSettings, Moment, OutboxLimits, Protocol, Socket};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A connection of somebody who signed in, or of a visitor. Its gateway reads commands and writes replies; everything else is here.
pub(crate) struct Session {
    app: Arc<App>,
    connection: Arc<Connection>,
    actor: Actor,
    /// The rooms that the person was in when this began: only a hint, for memberships come and go elsewhere, too.
    member_of: Box<[RoomId]>,
    /// Whether the person asked to be shown as away.
    said_away: bool,
}

/// Bytes waiting for a client above which no new work is begun for it.
const READER_LAGS: usize = 64 * 1024;
/// Bytes waiting for a client above which presence and typing are dropped.
const EPHEMERAL_LIMIT: usize = 32 * 1024;

impl Session {
    /// Signs a connection in. Answers the rooms that its person is in, too, and the moment from which news of them may be missing.
    pub(crate) async fn open(
        app: Arc<App>,
        token: &str,
        protocol: Protocol,
        socket: Box<dyn Socket>,
    ) -> Result<(Self, Vec<RoomOverview>, Moment), Refusal> {
        let since = app.hub.moment();
        let Greeting { user, session, rooms } = app.chat.greet(token).await?;
        let mut signed_in = Self::register(app, user, session, None, protocol, socket, true);
        signed_in.member_of = rooms.iter().filter(|room| room.member).map(|room| room.id).collect();
        Ok((signed_in, rooms, since))
    }

    fn register(
        app: Arc<App>,
        user: User,
        session: SessionId,
        visits_from: Option<IpAddr>,
        protocol: Protocol,
        socket: Box<dyn Socket>,
        echo: bool,
    ) -> Self {
        let outbox = OutboxLimits { ephemeral: EPHEMERAL_LIMIT, full: app.config.outbox_bytes };
        let settings = ConnectionSettings { session, protocol, echo, socket, outbox };
        let connection = app.hub.register(user, settings);
        let actor = Actor { user: connection.user, session, connection: Some(connection.id), visits_from };
        Self { app, connection, actor, member_of: Box::default(), said_away: false }
    }

    /// Whose it is, under the name of this moment.
    pub(crate) fn user(&self) -> User {
        self.connection.whose()
    }

    /// The greeting: who one is, and one's rooms.
    pub(crate) fn welcome(&self, rooms: &[RoomOverview]) -> Reply {
        let bounds = self.app.chat.bounds;
        Reply::Welcome {
            user: self.user(),
            rooms: rooms.iter().cloned().map(|room| self.listing(room)).collect(),
            limits: LimitsInfo {
                message_length: bounds.message_length,
                history_page: bounds.page,
                rooms_per_person: bounds.rooms_per_person,
            },
            server_time: self.app.chat.clock.now(),
        }
    }

    pub(crate) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// How long a client may take to read what waits for it when its connection ends.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_millis(self.app.config.silence_limit_ms)
    }

    /// Notes that the client is there.
    pub(crate) fn heard(&self) {
        self.app.hub.heard_of(&self.connection);
    }

    /// Whether so much waits for the client that nothing new should be begun for it.
    pub(crate) fn reader_lags(&self) -> bool {
        self.connection.outbox().waiting() > READER_LAGS
    }

    /// Resolves when the client has read enough of what waits for it to begin something new for it, or is to be sent away.
    pub(crate) async fn reader_keeps_up(&self) {
        self.connection.outbox().below_or_ending(READER_LAGS).await;
    }

    /// Ends the session, and so all of its connections; a visit ends with this connection.
    pub(crate) async fn sign_out(&self) {
        let ended = match self.actor.visits_from {
            Some(_) => Ok(()),
            None => self.app.chat.sign_out(self.actor).await,
        };
        match ended {
            Ok(()) => self.connection.close(CloseReason::SignedOut),
            Err(refusal) => {
                tracing::warn!(connection = self.connection.id.0, %refusal, "could not sign out");
                self.connection.close(CloseReason::Busy);
            }
        }
    }

    fn listing(&self, room: RoomOverview) -> RoomListing {
        RoomListing { online: self.app.hub.online(room.id), room }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.app.hub.unregister(&self.connection);
        if self.actor.visits_from.is_some() {
            visit::end(&self.app, self.actor);
        }
    }
}
