use super::join::Visibility;
use super::{CatchUp, LiveSession};
use chinwag_core::chat::{ClientCommand, Effect, Reply};
use chinwag_core::domain::{Presence, Refusal, RoomSlug, User, UserName};
use chinwag_core::ports::{Limited, NewRoom};
use chinwag_gateway::{Outcome, Typed};
use std::collections::HashSet;

/// Visitors that come with the first page of a room's members.
const FIRST_VISITORS: usize = 100;

impl LiveSession {
    /// Carries out a command. A connection's commands are handed in one after the other.
    pub(crate) async fn carry_out(&mut self, command: ClientCommand) -> Outcome<CatchUp> {
        let (chat, actor) = (&self.app.chat, self.actor);
        match command {
            ClientCommand::Send { room, client_id, text } => {
                let storing = self.post(&room, client_id, &text);
                Outcome::Storing(room, storing)
            }
            ClientCommand::Say { room, client_id, text } => match self.say(&room, client_id, &text).await {
                Ok(typed) => outcome(room, typed),
                Err(refusal) => Outcome::Done(Err(refusal)),
            },
            ClientCommand::Join { room, limit } => match self.join(room, limit, Visibility::Present).await {
                Ok((view, catch_up)) => Outcome::Joined(Box::new(view), catch_up),
                Err(refusal) => Outcome::Done(Err(refusal)),
            },
            ClientCommand::Leave { room } => done(self.leave(room).await),
            ClientCommand::History { room, window, limit } => {
                let page = chat.read_history(actor, room.clone(), window, limit).await;
                done(page.map(|page| Reply::History { room, page }))
            }
            ClientCommand::Members { room, after, limit } => done(self.members(room, after, limit).await),
            ClientCommand::Rooms => {
                let rooms = chat.list_rooms(actor.user).await;
                let listings = rooms.map(|rooms| rooms.into_iter().map(|room| self.listing(room)).collect());
                done(listings.map(Reply::Rooms))
            }
            ClientCommand::CreateRoom { room: slug, title, topic } => {
                let room = chat.create_room(actor, NewRoom { slug, title, topic }).await;
                done(room.map(|room| Reply::Room(self.listing(room))))
            }
            ClientCommand::UpdateRoom { room, title, topic } => {
                let room = chat.update_room(actor, room, title, topic).await;
                done(room.map(|room| Reply::Room(self.listing(room))))
            }
            ClientCommand::DeleteRoom { room } => {
                done(chat.delete_room(actor, room).await.map(|()| Reply::Done))
            }
            ClientCommand::Rename { name } => done(self.rename(name).await.map(Reply::Renamed)),
            ClientCommand::Read { room, seq } => {
                done(chat.mark_read(actor, room, seq).await.map(|()| Reply::Done))
            }
            ClientCommand::Typing { room } => done(self.typing(&room)),
            ClientCommand::Presence { presence } => {
                let allowed = chat.limiter.check(Limited::Change(actor.user));
                done(allowed.map(|()| {
                    self.said_away = false;
                    self.app.hub.set_away(&self.connection, presence == Presence::Away);
                    Reply::Done
                }))
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

fn outcome(room: RoomSlug, typed: Typed) -> Outcome<CatchUp> {
    match typed {
        Typed::Message(storing) => Outcome::Storing(room, storing),
        Typed::Command(Effect::SignedOut) => Outcome::SigningOut(Reply::Said(Effect::SignedOut)),
        Typed::Command(
            effect @ (Effect::Notice(_) | Effect::Renamed(_) | Effect::Enter(_) | Effect::Exit(_)),
        ) => done(Ok(Reply::Said(effect))),
    }
}

fn done(result: Result<Reply, Refusal>) -> Outcome<CatchUp> {
    Outcome::Done(result)
}
