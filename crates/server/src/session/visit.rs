//! Visitors: connections without a sign-in, whose guest account lives as long as they do.

use super::LiveSession;
use crate::app::App;
use chinwag_core::domain::{Actor, Refusal, User, UserName, WantedName};
use chinwag_core::ports::{ProtocolId, Socket};
use chinwag_gateway::Visitor;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// Waits before the end of a visit is tried again while the storage is busy. What fails for longer ends at the next start.
const RETRIES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(9)];

impl LiveSession {
    /// Lets a visitor in from `address`. Dropping the session ends the visit. Without `echo` the connection does not get its own
    /// messages.
    pub(crate) async fn visit(
        app: Arc<App>,
        visitor: Visitor,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
        echo: bool,
    ) -> Result<Self, Refusal> {
        // On a task of its own, so that the account does not stay behind when the client goes away meanwhile.
        let visit = tokio::spawn(async move {
            let (user, session) = match visitor {
                Visitor::New { name, way_back } => app.chat.visit(name, address, way_back.as_deref()).await?,
                Visitor::Returning { user, way_back } => {
                    app.chat.resume_visit(user, &way_back, address).await?
                }
            };
            let actor =
                Actor { user: user.id, session, connection: None, address: Some(address), is_visit: true };
            Ok(Self::register(app, user, actor, protocol, socket, echo))
        });
        visit.await.unwrap_or(Err(Refusal::Unavailable))
    }

    /// Ends this visit and begins another one over the same stream: under another name, or in another protocol. When that is
    /// refused this visit has ended nevertheless, and the stream is nobody's.
    pub(crate) async fn visit_anew(
        &mut self,
        name: WantedName,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> Result<(), Refusal> {
        let address = self.actor.address.filter(|_| self.is_visit()).ok_or(Refusal::Unauthorized)?;
        if !self.retire().await {
            return Err(Refusal::Unavailable);
        }
        *self =
            Self::visit(Arc::clone(&self.app), Visitor::once(name), address, protocol, socket, true).await?;
        Ok(())
    }

    /// Whether nobody signed in here.
    pub(crate) fn is_visit(&self) -> bool {
        self.actor.is_visit
    }

    /// Gives a visitor this name or a free variant of it. Somebody who signed in keeps the own name.
    pub(crate) async fn take_name(&self, name: UserName) -> Result<User, Refusal> {
        let own = self.user();
        if !self.is_visit() || own.name == name.as_str() {
            return Ok(own);
        }
        self.app.chat.rename_visitor(self.actor, name).await
    }
}

/// Ends a visit. It takes its place in the order of the writes at once, so the name is free for whoever comes next.
pub(super) fn end(app: &Arc<App>, actor: Actor) {
    let ending = app.chat.end_visit(actor);
    let app = Arc::clone(app);
    // Without a runtime the process ends, and so do all visits at its next start.
    let Ok(runtime) = Handle::try_current() else { return };
    runtime.spawn(async move {
        let mut ended = ending.await;
        for wait in RETRIES {
            if ended.is_ok() {
                return;
            }
            tokio::time::sleep(wait).await;
            ended = app.chat.end_visit(actor).await;
        }
        if let Err(refusal) = ended {
            tracing::warn!(user = actor.user.0, %refusal, "a visit could not be ended; its name stays taken until the next start");
        }
    });
}
