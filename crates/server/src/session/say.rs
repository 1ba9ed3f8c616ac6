//! What a person types, with the commands in it: the same in every protocol.

use super::LiveSession;
use super::post::Place;
use chinwag_core::chat::{Effect, HELP, TypedText};
use chinwag_core::domain::{ClientId, MessageKind, Millis, Presence, Refusal, RoomId};
use chinwag_gateway::Typed;

/// People whose names `/who` tells.
const NAMED: usize = 50;

impl LiveSession {
    /// Carries out what a person typed in a room.
    pub(super) async fn say(
        &mut self,
        room: RoomId,
        client_id: ClientId,
        text: &str,
        place: Place,
    ) -> Result<Typed, Refusal> {
        if !place.attachments.is_empty() {
            // A command has no use for files, and nobody wants to lose them to one.
            return Ok(Typed::Message(self.post(room, client_id, (MessageKind::Text, text), place)));
        }
        let effect = match TypedText::parse(text)? {
            TypedText::Message(text) => {
                return Ok(Typed::Message(self.post(room, client_id, (MessageKind::Text, text), place)));
            }
            TypedText::Action(action) => {
                return Ok(Typed::Message(self.post(room, client_id, (MessageKind::Action, action), place)));
            }
            TypedText::Nick(name) => Effect::Renamed(self.rename(name).await?),
            TypedText::Join(room) => Effect::Enter(room),
            TypedText::Leave => Effect::Exit(room),
            TypedText::Who => Effect::Notice(self.who(room)?),
            TypedText::Away => {
                self.app.chat.count_change(self.actor)?;
                self.app.hub.set_away(&self.connection, true);
                self.said_away = true;
                Effect::Notice("You are shown as away until you write again.".to_owned())
            }
            TypedText::Remind(span, text) => self.remind(client_id, span, text).await?,
            TypedText::Logout => Effect::SignedOut,
            TypedText::Help => Effect::Notice(HELP.to_owned()),
            TypedText::Hint(hint) => Effect::Notice(hint),
        };
        Ok(Typed::Command(effect))
    }

    async fn remind(&self, client_id: ClientId, span: i64, text: &str) -> Result<Effect, Refusal> {
        let chat = &self.app.chat;
        let due = Millis(chat.now().0.saturating_add(span));
        chat.remind(self.actor, client_id, due, (None, text)).await?;
        Ok(Effect::Notice("You will be reminded, wherever you are signed in then.".to_owned()))
    }

    fn who(&self, room: RoomId) -> Result<String, Refusal> {
        self.app.chat.count_read(self.actor)?;
        let subscription = self.subscription(&room.into()).ok_or(Refusal::NotMember)?;
        let place = match &subscription.address().slug {
            Some(slug) => format!("In #{slug}"),
            None => "Here".to_owned(),
        };
        let online = self.app.hub.online(room) as usize;
        let people = self.app.hub.people(room).into_iter().take(NAMED);
        let names: Vec<_> = people.map(|user| self.app.hub.member(room, user)).map(in_words).collect();
        let more = match online.saturating_sub(names.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Ok(format!("{place}: {}{more}.", names.join(", ")))
    }
}

fn in_words(member: chinwag_core::domain::Member) -> String {
    match member.presence {
        Presence::Away => format!("{} (away)", member.user.name),
        Presence::Online | Presence::Offline => member.user.name,
    }
}
