use super::join::Arrival;
use super::{CatchUp, Said, Session};
use chinwag_core::chat::{ClientCommand, Effect, Reply, RoomView};
use chinwag_core::domain::{Presence, Refusal, RoomSlug, User, UserName};
use chinwag_core::ports::{Answer, Appended, Limited, NewRoom};
use std::collections::HashSet;

/// Visitors that come with the first page of a room's members.
const FIRST_VISITORS: usize = 100;

/// What became of a command.
pub(crate) enum Outcome {
    /// It is carried out, or refused.
    Done(Result<Reply, Refusal>),
    /// A message has its place; the ack follows when it is stored. The next command need not wait for it.
    Storing(RoomSlug, Answer<Appended>),
    /// The person signs out: when the gateway has answered with this, it lets the session [sign out](Session::sign_out).
    SigningOut(Reply),
    /// The connection joined a room: when the gateway has sent the view, it lets the session [catch up](Session::catch_up).
    Joined(Box<RoomView>, CatchUp),
}

impl From<Result<Reply, Refusal>> for Outcome {
    fn from(result: Result<Reply, Refusal>) -> Self {
        Self::Done(result)
    }
}

impl Session {
    /// Carries out a command. A connection's commands are handed in one after the other.
    pub(crate) async fn carry_out(&mut self, command: ClientCommand) -> Outcome {
        let (chat, actor) = (&self.app.chat, self.actor);
        match command {
            ClientCommand::Send { room, client_id, text } => {
                let storing = self.post(&room, client_id, &text);
                Outcome::Storing(room, storing)
            }
            ClientCommand::Say { room, client_id, text } => match self.say(&room, client_id, &text).await {
                Ok(said) => outcome(room, said),
                Err(refusal) => Outcome::Done(Err(refusal)),
            },
            ClientCommand::Join { room, limit } => match self.join(room, limit, Arrival::Present).await {
                Ok((view, catch_up)) => Outcome::Joined(Box::new(view), catch_up),
                Err(refusal) => Outcome::Done(Err(refusal)),
            },
            ClientCommand::Leave { room } => self.leave(room).await.into(),
            ClientCommand::History { room, window, limit } => {
                let page = chat.read_history(actor, room.clone(), window, limit).await;
                page.map(|page| Reply::History { room, page }).into()
            }
            ClientCommand::Members { room, after, limit } => self.members(room, after, limit).await.into(),
            ClientCommand::Rooms => {
                let rooms = chat.list_rooms(actor.user).await;
                let listings = rooms.map(|rooms| rooms.into_iter().map(|room| self.listing(room)).collect());
                listings.map(Reply::Rooms).into()
            }
            ClientCommand::CreateRoom { room: slug, title, topic } => {
                let room = chat.create_room(actor, NewRoom { slug, title, topic }).await;
                room.map(|room| Reply::Room(self.listing(room))).into()
            }
            ClientCommand::UpdateRoom { room, title, topic } => {
                let room = chat.update_room(actor, room, title, topic).await;
                room.map(|room| Reply::Room(self.listing(room))).into()
            }
            ClientCommand::DeleteRoom { room } => {
                chat.delete_room(actor, room).await.map(|()| Reply::Done).into()
            }
            ClientCommand::Rename { name } => self.rename(name).await.map(Reply::Renamed).into(),
            ClientCommand::Read { room, seq } => {
                chat.mark_read(actor, room, seq).await.map(|()| Reply::Done).into()
            }
            ClientCommand::Typing { room } => self.typing(&room).into(),
            ClientCommand::Presence { presence } => {
                let allowed = chat.limiter.check(Limited::Change(actor.user));
                allowed
                    .map(|()| {
                        self.said_away = false;
                        self.app.hub.set_away(&self.connection, presence == Presence::Away);
                    })
                    .map(|()| Reply::Done)
                    .into()
            }
        }
    }

    async fn leave(&self, slug: RoomSlug) -> Result<Reply, Refusal> {
        let room = self.app.chat.leave_room(self.actor, slug.clone()).await?;
        // The event of the leave ends the subscriptions of all the person's connections; without an event, this does.
        self.app.hub.unsubscribe(&self.connection, room);
        Ok(Reply::Left { room: slug })
    }

    async fn members(&self, slug: RoomSlug, after: Option<String>, limit: u32) -> Result<Reply, Refusal> {
        let is_first = after.is_none();
        let page = self.app.chat.list_members(self.actor, slug.clone(), after, limit).await?;
        let hub = &self.app.hub;
        let mut members: Vec<_> = page.members.into_iter().map(|user| hub.member(page.room, user)).collect();
        // No page of the storage has the visitors, so they come with the first one.
        if is_first {
            let listed: HashSet<_> = members.iter().map(|member| member.user.id).collect();
            let visitors = hub.foreign(page.room, FIRST_VISITORS).into_iter();
            members.extend(visitors.filter(|visitor| !listed.contains(&visitor.user.id)));
        }
        Ok(Reply::Members { room: slug, members, next: page.next })
    }

    pub(super) async fn rename(&self, name: UserName) -> Result<User, Refusal> {
        self.app.chat.rename(self.actor, name).await
    }

    /// Tells that the person does not type any more.
    pub(crate) fn stop_typing(&self, room: &RoomSlug) {
        self.app.hub.stop_typing(&self.connection, room);
    }

    fn typing(&self, room: &RoomSlug) -> Result<Reply, Refusal> {
        if self.connection.subscription(room).is_none() {
            return Err(Refusal::NotMember(room.clone()));
        }
        self.app.hub.typing(&self.connection, room);
        Ok(Reply::Done)
    }
}

fn outcome(room: RoomSlug, said: Said) -> Outcome {
    let effect = match said {
        Said::Posting(storing) => return Outcome::Storing(room, storing),
        Said::SignedOut => return Outcome::SigningOut(Reply::Said(Effect::SignedOut)),
        Said::Notice(sentence) => Effect::Notice(sentence),
        Said::Renamed(user) => Effect::Renamed(user),
        Said::Enter(room) => Effect::Enter(room),
        Said::Exit(room) => Effect::Exit(room),
    };
    Outcome::Done(Ok(Reply::Said(effect)))
}
