//! What the server is behind a gateway: the life of a connection from the sign-in or the visit to its end.

mod answers;
mod catch_up;
mod client_session;
mod dispatch;
mod enter;
mod factory;
mod join;
mod post;
mod resume;
mod say;
#[cfg(test)]
mod tests;
mod visit;

pub(crate) use join::CatchUp;

use crate::app::App;
use answers::Answers;
use chinwag_core::chat::{LimitsInfo, Reply};
use chinwag_core::domain::{Actor, Refusal, RoomOverview, User};
use chinwag_core::ports::{CloseReason, ProtocolId, SessionOverview, Socket};
use chinwag_gateway::Authenticated;
use chinwag_realtime::{Connection, ConnectionSettings, SendQueueLimits};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A connection of somebody who signed in, or of a visitor. Its gateway reads commands and writes replies; everything else is here.
pub(crate) struct LiveSession {
    app: Arc<App>,
    connection: Arc<Connection>,
    actor: Actor,
    /// Whether the person asked to be shown as away.
    said_away: bool,
    answers: Answers,
}

/// Bytes waiting for a client above which no new work is begun for it.
const READER_BEHIND: usize = 64 * 1024;
/// Bytes waiting for a client above which presence and typing are dropped.
const EPHEMERAL_LIMIT: usize = 32 * 1024;

impl LiveSession {
    /// Signs a connection in. Answers the rooms that its person is in, too, and the moment from which news of them may be missing.
    pub(crate) async fn open(
        app: Arc<App>,
        token: &str,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> Result<Authenticated<Self>, Refusal> {
        let since = app.hub.bookmark();
        let (overview, until) = app.auth.overview(&app.chat, token, address).await?;
        let SessionOverview { user, session, rooms } = overview;
        let actor = Actor {
            user: user.id,
            session,
            connection: None,
            address: user.kind.is_passing().then_some(address),
            is_visit: false,
        };
        let session = Self::register(app, user, actor, protocol, socket, true);
        if let Some(end) = session.app.token_end(until) {
            session.app.token_ends.begin(session.connection.id, &session.connection, end);
        }
        Ok(Authenticated { session, rooms, since })
    }

    fn register(
        app: Arc<App>,
        user: User,
        actor: Actor,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
        echo: bool,
    ) -> Self {
        let full = app.config.send_queue_bytes;
        let limits = SendQueueLimits { ephemeral: EPHEMERAL_LIMIT, lagging: READER_BEHIND, full };
        let settings = ConnectionSettings {
            session: actor.session,
            address: actor.address,
            protocol,
            echo,
            socket,
            limits,
        };
        let connection = app.hub.register(user, settings);
        let actor = Actor { connection: Some(connection.id), ..actor };
        Self { app, connection, actor, said_away: false, answers: Answers::default() }
    }

    /// Whose it is, under the name of this moment.
    pub(crate) fn user(&self) -> User {
        self.connection.whose()
    }

    /// The greeting: who one is, and one's rooms.
    pub(crate) fn welcome(&self, rooms: &[RoomOverview]) -> Reply {
        let limits = self.app.chat.limits();
        Reply::Welcome {
            epoch: self.app.chat.epoch().to_owned(),
            user: self.user(),
            rooms: rooms.iter().cloned().map(|room| self.app.listing(room)).collect(),
            limits: LimitsInfo {
                message_length: limits.message_length,
                history_page: limits.page,
                rooms_per_person: limits.rooms_per_person,
                file_bytes: limits.file_bytes,
                files_per_message: limits.files_per_message,
            },
            server_time: self.app.chat.now(),
        }
    }

    /// Looks whether another token is of this session. A connection lives as long as that, or as its last foreign token and a while.
    pub(crate) async fn renew(&self, token: &str) -> Result<(), Refusal> {
        let opened = self.app.auth.session(&self.app.chat, token, None).await?;
        if opened.session != self.actor.session {
            return Err(Refusal::Unauthorized);
        }
        if let Some(end) = self.app.token_end(opened.until) {
            self.app.token_ends.renew(self.connection.id, end);
        }
        Ok(())
    }

    /// How long a client may take to read what waits for it when its connection ends.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_millis(self.app.config.silence_limit_ms)
    }

    /// Ends the connection for others, but not its stream, unless something is still to be written to it: two send queues must not write to
    /// one stream, since what the first has begun would be cut by the other.
    pub(crate) async fn retire(&self) -> bool {
        self.app.hub.unregister(&self.connection);
        let retired = tokio::time::timeout(self.patience(), self.connection.send_queue().retire()).await;
        if retired != Ok(true) {
            self.connection.abandon();
        }
        retired == Ok(true)
    }

    /// Ends the session, and so all of its connections; a visit ends with this connection.
    pub(crate) async fn sign_out(&self) {
        let ended = if self.is_visit() { Ok(()) } else { self.app.chat.sign_out(self.actor).await };
        match ended {
            Ok(()) => self.connection.close(CloseReason::SignedOut),
            Err(refusal) => {
                tracing::warn!(connection = self.connection.id.0, %refusal, "could not sign out");
                self.connection.close(CloseReason::Busy);
            }
        }
    }
}

impl Drop for LiveSession {
    fn drop(&mut self) {
        self.app.hub.unregister(&self.connection);
        if self.app.auth.grace_ms().is_some() {
            self.app.token_ends.forget(self.connection.id);
        }
        if self.is_visit() {
            visit::end(&self.app, self.actor);
        }
    }
}
