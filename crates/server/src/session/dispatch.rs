use super::join::Visibility;
use super::post::Place;
use super::{CatchUp, LiveSession};
use chinwag_core::chat::{ClientCommand, Effect, Reply};
use chinwag_core::domain::{MessageKind, Presence, Refusal, RoomId, RoomListPage, RoomSlug, User, UserName};
use chinwag_gateway::{CommandOutcome, Typed};

impl LiveSession {
    /// Carries out a command. A connection's commands are handed in one after the other.
    pub(crate) async fn carry_out(&mut self, command: ClientCommand) -> CommandOutcome<CatchUp> {
        let (chat, actor) = (&self.app.chat, self.actor);
        done(match command {
            ClientCommand::Send { room, client_id, text, reply_to, thread, attachments } => {
                let text = (MessageKind::Text, &*text);
                let place = Place { reply_to, thread: thread.map(|thread| *thread), attachments };
                return CommandOutcome::Storing(self.post(room, client_id, text, place));
            }
            ClientCommand::Edit { room, target, client_id, text } => {
                return CommandOutcome::Storing(chat.edit_message(actor, room, target, client_id, &text));
            }
            ClientCommand::Delete { room, target, client_id } => {
                return CommandOutcome::Storing(chat.delete_message(actor, room, target, client_id));
            }
            ClientCommand::Pin(pinning) => chat.pin(actor, pinning).await.map(|()| Reply::Done),
            ClientCommand::React(reacting) => chat.react(actor, reacting).await.map(|()| Reply::Done),
            ClientCommand::Say { room, client_id, text, reply_to, thread, attachments } => {
                let place = Place { reply_to, thread: thread.map(|thread| *thread), attachments };
                match self.say(room, client_id, &text, place).await {
                    Ok(typed) => return outcome(typed),
                    Err(refusal) => Err(refusal),
                }
            }
            ClientCommand::Join { room, limit } => match self.join(room, limit, Visibility::Present).await {
                Ok((view, catch_up)) => return CommandOutcome::Joined(Box::new(view), catch_up),
                Err(refusal) => Err(refusal),
            },
            ClientCommand::Leave { room } => self.leave(room).await,
            ClientCommand::History { room, window, limit } => {
                let page = chat.read_history(actor, room, window, limit).await;
                page.map(|page| Reply::History { room, page })
            }
            ClientCommand::Thread { room, root, window, limit } => {
                let page = chat.read_thread(actor, (room, root), window, limit).await;
                page.map(|page| Reply::Thread(Box::new(page)))
            }
            ClientCommand::Threads(query) => {
                chat.list_threads(actor, *query).await.map(|page| Reply::Threads(Box::new(page)))
            }
            ClientCommand::ChangeThread { room, root, change } => {
                chat.change_thread(actor, (room, root), change).await.map(|()| Reply::Done)
            }
            ClientCommand::Members { room, after, limit } => self.members(room, after, limit).await,
            ClientCommand::Rooms(query) => {
                chat.list_rooms(actor, *query).await.map(|RoomListPage { rooms, next }| Reply::Rooms {
                    rooms: rooms.into_iter().map(|room| self.app.listing(room)).collect(),
                    next,
                })
            }
            ClientCommand::Search(wish) => {
                chat.search_messages(actor, *wish).await.map(|found| Reply::Found(Box::new(found)))
            }
            ClientCommand::CreateRoom(room) => {
                chat.create_room(actor, *room).await.map(|room| Reply::Room(self.app.listing(room)))
            }
            ClientCommand::OpenDirect { users } => {
                chat.open_direct(actor, users).await.map(|room| Reply::Room(self.app.listing(room)))
            }
            ClientCommand::AddMember { room, user } => {
                chat.add_member(actor, room, user).await.map(|()| Reply::Done)
            }
            ClientCommand::Moderate { room, user, what } => {
                chat.moderate(actor, room, user, *what).await.map(|()| Reply::Done)
            }
            ClientCommand::Report { room, target, reason } => {
                chat.report(actor, room, target, reason).await.map(|()| Reply::Done)
            }
            ClientCommand::Bans { room } => chat.bans(actor, room).await.map(Reply::Bans),
            ClientCommand::SetRole { room, user, role } => {
                chat.set_role(actor, room, user, role).await.map(|()| Reply::Done)
            }
            ClientCommand::UpdateRoom { room, update } => {
                chat.update_room(actor, room, *update).await.map(|room| Reply::Room(self.app.listing(room)))
            }
            ClientCommand::DeleteRoom { room } => chat.delete_room(actor, room).await.map(|()| Reply::Done),
            ClientCommand::Rename { name } => self.rename(name).await.map(Reply::Renamed),
            ClientCommand::MarkUnread { room, seq } => {
                chat.mark_unread(actor, room, seq).await.map(|()| Reply::Done)
            }
            ClientCommand::KeepDraft { place, text, reply_to } => {
                chat.keep_draft(actor, place, &text, reply_to).await.map(|()| Reply::Done)
            }
            ClientCommand::Read { room, seq } => chat.mark_read(actor, room, seq).await.map(|()| Reply::Done),
            ClientCommand::FindRoom { slug } => self.find(slug).await,
            ClientCommand::Typing { room } => self.typing(room),
            ClientCommand::Presence { presence } => chat.count_change(actor).map(|()| {
                self.said_away = false;
                self.app.hub.set_away(&self.connection, presence == Presence::Away);
                Reply::Done
            }),
        })
    }

    async fn leave(&self, room: RoomId) -> Result<Reply, Refusal> {
        self.app.chat.leave_room(self.actor, room).await?;
        // The event of the leave ends the subscriptions of all the person's connections; without an event, this does.
        self.app.hub.unsubscribe(&self.connection, room);
        Ok(Reply::Left { room })
    }

    async fn members(&self, room: RoomId, after: Option<String>, limit: u32) -> Result<Reply, Refusal> {
        let (members, next) = self.app.list_members(self.actor, room, after, limit).await?;
        Ok(Reply::Members { room, members, next })
    }

    async fn find(&self, slug: RoomSlug) -> Result<Reply, Refusal> {
        self.app.chat.count_read(self.actor)?;
        let found = self.app.chat.find_room(self.actor, slug.into()).await?;
        Ok(Reply::Room(self.app.listing(found.room)))
    }

    pub(super) async fn rename(&self, name: UserName) -> Result<User, Refusal> {
        self.app.chat.rename(self.actor, name).await
    }

    /// Tells that the person does not type any more.
    pub(crate) fn stop_typing(&self, room: RoomId) {
        self.app.hub.stop_typing(&self.connection, room);
    }

    fn typing(&self, room: RoomId) -> Result<Reply, Refusal> {
        if self.subscription(&room.into()).is_none() {
            return Err(Refusal::NotMember);
        }
        self.app.hub.typing(&self.connection, room);
        Ok(Reply::Done)
    }
}

fn outcome(typed: Typed) -> CommandOutcome<CatchUp> {
    match typed {
        Typed::Message(storing) => CommandOutcome::Storing(storing),
        Typed::Command(Effect::SignedOut) => CommandOutcome::SigningOut(Reply::Effect(Effect::SignedOut)),
        Typed::Command(
            effect @ (Effect::Notice(_) | Effect::Renamed(_) | Effect::Enter(_) | Effect::Exit(_)),
        ) => done(Ok(Reply::Effect(effect))),
    }
}

fn done(result: Result<Reply, Refusal>) -> CommandOutcome<CatchUp> {
    CommandOutcome::Done(result)
}
