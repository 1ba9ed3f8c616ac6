//! How a client comes into the main namespace: for the first time, or back to where it was.

use super::handler::SocketIo;
use super::rooms::HISTORY;
use super::transport::Transport;
use crate::Compat;
use crate::named_room::NamedRoom;
use crate::socketio::codec::{self, Auth, Offset, Preset, PresetAction, PrivateId, Revision};
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq, WantedName};
use chinwag_core::ports::CloseReason;
use chinwag_gateway::{ClientSession as _, LogPosition, Others, SessionFactory, Visitor};
use std::net::IpAddr;
use std::sync::Arc;

/// Told to a client that was away for too long.
const MISSED: &str = "More was said meanwhile than is told again. Reload the page for what was said last.";

/// Characters of what makes an id another one.
const TURN: usize = 8;

/// In place of what was heard in another epoch.
const IN_NO_LOG: Seq = Seq(i64::MAX);

/// By what a client is let in and may come back.
struct WayIn {
    /// As it is for a client that has to begin anew.
    anew: PrivateId,
    /// What it brought, if it is the one of before.
    brought: Option<PrivateId>,
}

impl<F: SessionFactory> SocketIo<F> {
    /// Lets a client in: as the person of a session, as the visitor that it was, or as a new one.
    pub(super) async fn begin(
        compat: &Arc<Compat<F>>,
        address: IpAddr,
        auth: &Auth,
        revision: Revision,
        transport: &Transport,
    ) -> Result<Self, Refusal> {
        let offset = auth.offset().map(|offset| of_now(offset, auth, compat.sessions.epoch()));
        let preset = compat.protocols.presets().of(offset.as_ref(), auth).cloned();
        let (session, way_in) = authenticate(compat, address, auth, transport).await?;
        let mut own = Self::new(Arc::clone(compat), session, revision);
        match preset {
            Some(preset) => own.come_back(&preset, offset, &way_in).await,
            None => {
                let connected = own.connected(&way_in.anew);
                own.welcome(connected, offset).await;
            }
        }
        Ok(own)
    }

    /// The packet that lets the client in.
    fn connected(&self, id: &PrivateId) -> Vec<u8> {
        let mut packet = Vec::new();
        let sid = self.compat.sessions.new_token();
        codec::write_connected(&mut packet, &sid, Some(&id.to_string()), self.revision);
        packet
    }

    /// Goes on in the vocabulary of a preset.
    async fn come_back(&mut self, preset: &Arc<Preset>, offset: Option<Offset>, way_in: &WayIn) {
        self.speak_as_taught(preset, PresetAction::Join);
        let back = match offset {
            Some(Offset { preset: _, room, seq }) => self.return_to(preset, room, seq, way_in).await,
            None => {
                self.send(self.connected(&way_in.anew));
                self.move_to(self.lobby()).await.map(drop)
            }
        };
        match back {
            Ok(()) => {}
            // It comes back again by itself.
            Err(refusal) if refusal.is_passing() => self.session.close(CloseReason::Busy),
            Err(refusal) => self.notice(&refusal.to_string()),
        }
    }

    /// Is in a room again of which the client has heard everything up to `seen`. Only when that is so, and it is told what it missed, the
    /// client hears that it is the one of before: its page does nothing then.
    async fn return_to(
        &mut self,
        preset: &Preset,
        room: RoomSlug,
        seen: Seq,
        way_in: &WayIn,
    ) -> Result<(), Refusal> {
        let entered = self.session.enter(room.clone().into(), 0).await;
        let replayable = entered.as_ref().is_ok_and(|(view, _)| self.can_replay(&view.room, seen));
        let id = way_in.brought.as_ref().filter(|_| replayable).unwrap_or(&way_in.anew);
        let mut frames = self.connected(id);
        let (view, catch_up) = match entered {
            Err(refusal) if refusal.is_passing() => return Err(refusal),
            Err(refusal) => {
                self.send(frames);
                return Err(refusal);
            }
            Ok(entered) => entered,
        };
        self.room = Some(NamedRoom::entered(room.clone(), &view.room));
        if replayable {
            self.write_people(&mut frames, preset, &view);
            self.send(frames);
            self.session.catch_up_since(catch_up, Some(LogPosition { room: view.room.id, seq: seen })).await;
            return Ok(());
        }
        self.send(frames);
        let (view, catch_up) = self.session.enter(room.into(), HISTORY).await?;
        self.notice(MISSED);
        self.show(&view);
        self.session.catch_up(catch_up).await;
        Ok(())
    }

    /// Begins to listen to the lobby, and tells the client behind `frames` who it is and who is there, and what it has not heard `since`.
    async fn welcome(&mut self, mut frames: Vec<u8>, since: Option<Offset>) {
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
        let seen = since.filter(|offset| offset.room == lobby).map(|offset| offset.seq);
        let replayable = seen.filter(|seen| self.can_replay(room, *seen));
        if seen.is_some() && replayable.is_none() {
            codec::write_lobby_error(&mut frames, MISSED);
        }
        if replayable.is_none() {
            let offset = Offset { preset: None, room: lobby.clone(), seq: room.head };
            codec::write_offset(&mut frames, Some(&offset));
        }
        self.send(frames);
        let end = Some(LogPosition { room: room.id, seq: replayable.unwrap_or(room.head) });
        match listening.catch_up {
            Some(catch_up) => {
                self.room = Some(NamedRoom::entered(lobby, room));
                self.session.catch_up_since(catch_up, end).await;
            }
            // Somebody who signed in listens when it is clear that the lobby is wanted.
            None => self.lobby_end = end,
        }
    }

    fn can_replay(&self, room: &RoomOverview, seen: Seq) -> bool {
        room.can_replay(seen, self.compat.sessions.limits().replay)
    }
}

/// What a client has heard up to here, or nothing of it when that was in another epoch: other events may stand in those places. Its id tells
/// the epoch; one without an id means the present one.
fn of_now(offset: Offset, auth: &Auth, epoch: &str) -> Offset {
    let is_of_now = auth.private_id().is_none_or(|id| id.epoch == epoch);
    if is_of_now { offset } else { Offset { seq: IN_NO_LOG, ..offset } }
}

/// Whose a connection is, and by what that one may come back.
async fn authenticate<F: SessionFactory>(
    compat: &Arc<Compat<F>>,
    address: IpAddr,
    auth: &Auth,
    transport: &Transport,
) -> Result<(F::Session, WayIn), Refusal> {
    let protocol = compat.protocols.socketio_silent();
    let turn = compat.sessions.new_token().chars().take(TURN).collect();
    let epoch = compat.sessions.epoch().to_owned();
    if let Some(token) = auth.token() {
        let socket = Box::new(transport.clone());
        let session = compat.sessions.authenticate(&token, address, protocol, socket).await?.session;
        // The token says who it is.
        let anew = PrivateId { user: session.user().id, epoch, secret: String::new(), turn };
        let brought = auth.private_id().filter(|id| id.user == anew.user);
        return Ok((session, WayIn { anew, brought }));
    }
    let visit =
        |visitor| compat.sessions.visit(visitor, address, protocol, Box::new(transport.clone()), true);
    if let Some(id) = auth.private_id() {
        let visitor = Visitor::Returning { user: id.user, way_back: id.secret.clone() };
        match visit(visitor).await {
            Ok(session) => {
                let anew = PrivateId { epoch, turn, ..id.clone() };
                return Ok((session, WayIn { anew, brought: Some(id) }));
            }
            Err(Refusal::Unauthorized) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let secret = compat.sessions.new_token();
    let session =
        visit(Visitor::New { name: WantedName::Numbered("User"), way_back: Some(secret.clone()) }).await?;
    let anew = PrivateId { user: session.user().id, epoch, secret, turn };
    Ok((session, WayIn { anew, brought: None }))
}
