//! How a client comes into the main namespace: for the first time, or back to where it was.

use super::dialect::SocketIo;
use super::rooms::HISTORY;
use super::transport::Transport;
use crate::app::App;
use crate::session::{Others, Session, Visitor};
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq, WantedName};
use chinwag_realtime::{CloseReason, Protocol};
use chinwag_wire::socketio::{self, Aim, Auth, Guide, Place, PrivateId, Revision};
use std::net::IpAddr;
use std::sync::Arc;

/// Told to a client that was away for too long.
const MISSED: &str = "More was said meanwhile than is told again. Reload the page for what was said last.";

impl SocketIo {
    /// Lets a client in: as the person of a session, as the visitor that it was, or as a new one.
    pub(super) async fn begin(
        app: &Arc<App>,
        address: IpAddr,
        auth: &Auth,
        revision: Revision,
        transport: &Transport,
    ) -> Result<Self, Refusal> {
        let place = auth.place();
        let guide = app.guides.of(place.as_ref(), auth).cloned();
        let (session, id) = let_in(app, address, auth, transport).await?;
        let mut own = Self::new(Arc::clone(app), session);
        let mut connected = Vec::new();
        let sid = own.app.chat.secrets.new_token();
        socketio::write_connected(&mut connected, &sid, Some(&id.to_string()), revision);
        match guide {
            Some(guide) => {
                own.send(connected);
                own.come_back(&guide, place).await;
            }
            None => own.welcome(connected, place).await,
        }
        Ok(own)
    }

    /// Goes on in the vocabulary of a guide.
    async fn come_back(&mut self, guide: &Arc<Guide>, place: Option<Place>) {
        self.speak_as_taught(guide, Aim::Join);
        let back = match place {
            Some(Place { guide: _, room, seq }) => self.return_to(guide, room, seq).await,
            None => self.move_to(self.lobby()).await.map(drop),
        };
        match back {
            Ok(()) => {}
            // It comes back again by itself.
            Err(refusal) if refusal.is_passing() => self.session.connection().close(CloseReason::Busy),
            Err(refusal) => self.notice(&refusal.to_string()),
        }
    }

    /// Is in a room again of which the client has heard everything up to `seen`.
    async fn return_to(&mut self, guide: &Guide, room: RoomSlug, seen: Seq) -> Result<(), Refusal> {
        let (view, catch_up) = self.session.enter(room.clone(), 0).await?;
        self.room = Some(room.clone());
        if self.can_replay(&view.room, seen) {
            let mut frames = Vec::new();
            self.write_people(&mut frames, guide, &view);
            self.send(frames);
            self.session.catch_up_since(catch_up, Some((view.room.id, seen))).await;
            return Ok(());
        }
        let (view, catch_up) = self.session.enter(room, HISTORY).await?;
        self.notice(MISSED);
        self.show(&view);
        self.session.catch_up(catch_up).await;
        Ok(())
    }

    /// Begins to listen to the lobby, and tells the client behind `frames` who it is and who is there, and what it has not heard `since`.
    async fn welcome(&mut self, mut frames: Vec<u8>, since: Option<Place>) {
        let lobby = self.lobby();
        let listening = match self.session.listen(lobby.clone()).await {
            Ok(listening) => listening,
            // The client is told when it wants something there.
            Err(refusal) => {
                tracing::debug!(%refusal, "a client could not listen to the lobby");
                self.write_welcome(&mut frames, Others { people: Vec::new(), online: 0 });
                return self.send(frames);
            }
        };
        self.write_welcome(&mut frames, listening.others);
        let room = &listening.room;
        let seen = since.filter(|place| place.room == lobby).map(|place| place.seq);
        let replayable = seen.filter(|seen| self.can_replay(room, *seen));
        if seen.is_some() && replayable.is_none() {
            socketio::write_lobby_error(&mut frames, MISSED);
        }
        if replayable.is_none() {
            let place = Place { guide: None, room: lobby.clone(), seq: room.head };
            socketio::write_place(&mut frames, Some(&place));
        }
        self.send(frames);
        let moment = Some((room.id, replayable.unwrap_or(room.head)));
        match listening.catch_up {
            Some(catch_up) => {
                self.room = Some(lobby);
                self.session.catch_up_since(catch_up, moment).await;
            }
            // Somebody who signed in listens when it is clear that the lobby is wanted.
            None => self.moment = moment,
        }
    }

    fn can_replay(&self, room: &RoomOverview, seen: Seq) -> bool {
        room.can_replay(seen, self.app.chat.bounds.replay)
    }
}

/// Whose a connection is, and by what that one may come back.
async fn let_in(
    app: &Arc<App>,
    address: IpAddr,
    auth: &Auth,
    transport: &Transport,
) -> Result<(Session, PrivateId), Refusal> {
    let protocol = Protocol::SocketIoSilent;
    if let Some(token) = auth.token() {
        let socket = Box::new(transport.clone());
        let session = Session::open(Arc::clone(app), &token, protocol, socket).await?.0;
        // The token says who it is.
        let id = PrivateId { user: session.user().id, secret: String::new() };
        return Ok((session, id));
    }
    let visit = |visitor| {
        let (app, socket) = (Arc::clone(app), Box::new(transport.clone()));
        Session::visit(app, visitor, address, protocol, socket, true)
    };
    if let Some(id) = auth.private_id() {
        let visitor = Visitor::Returning { user: id.user, way_back: id.secret.clone() };
        match visit(visitor).await {
            Ok(session) => return Ok((session, id)),
            Err(Refusal::Unauthorized) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let secret = app.chat.secrets.new_token();
    let session =
        visit(Visitor::New { name: WantedName::Numbered("User"), way_back: Some(secret.clone()) }).await?;
    let id = PrivateId { user: session.user().id, secret };
    Ok((session, id))
}
