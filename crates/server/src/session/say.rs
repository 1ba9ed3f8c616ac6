//! What a person types, with the commands in it: the same in every protocol.

use super::Session;
use chinwag_core::chat::{HELP, TypedText};
use chinwag_core::domain::{ClientId, Presence, Refusal, RoomSlug, User};
use chinwag_core::ports::{Answer, Appended, Limited};

/// What became of a text that somebody typed.
pub(crate) enum Said {
    /// It is a message and has its place; the answer comes when it is stored.
    Posting(Answer<Appended>),
    /// A sentence for this person alone.
    Notice(String),
    /// The person has a new name.
    Renamed(User),
    /// The person wants to be in this room: the gateway does what its protocol knows for it.
    Enter(RoomSlug),
    /// The person wants to leave this room: the gateway does what its protocol knows for it.
    Exit(RoomSlug),
    /// The person wants to sign out: when the gateway has answered, it lets the session [sign out](Session::sign_out).
    SignedOut,
}

/// People whose names `/who` tells.
const NAMED: usize = 50;

impl Session {
    /// Carries out what a person typed in a room.
    pub(crate) async fn say(
        &mut self,
        room: &RoomSlug,
        client_id: ClientId,
        text: &str,
    ) -> Result<Said, Refusal> {
        Ok(match TypedText::parse(text)? {
            TypedText::Message(text) => Said::Posting(self.post(room, client_id, text)),
            TypedText::Action(action) => {
                let text = format!("* {} {action}", self.user().name);
                Said::Posting(self.post(room, client_id, &text))
            }
            TypedText::Nick(name) => Said::Renamed(self.rename(name).await?),
            TypedText::Join(room) => Said::Enter(room),
            TypedText::Leave => Said::Exit(room.clone()),
            TypedText::Who => Said::Notice(self.who(room)?),
            TypedText::Away => {
                self.app.chat.limiter.check(Limited::Change(self.actor.user))?;
                self.app.hub.set_away(&self.connection, true);
                self.said_away = true;
                Said::Notice("You are shown as away until you write again.".to_owned())
            }
            TypedText::Logout => Said::SignedOut,
            TypedText::Help => Said::Notice(HELP.to_owned()),
            TypedText::Hint(hint) => Said::Notice(hint),
        })
    }

    fn who(&self, slug: &RoomSlug) -> Result<String, Refusal> {
        self.app.chat.limiter.check(Limited::Read(self.actor.user))?;
        let subscription = self.connection.subscription(slug);
        let room = subscription.ok_or_else(|| Refusal::NotMember(slug.clone()))?.room_id();
        let online = self.app.hub.online(room) as usize;
        let people = self.app.hub.people(room).into_iter().take(NAMED);
        let names: Vec<_> = people.map(|user| self.app.hub.member(room, user)).map(in_words).collect();
        let more = match online.saturating_sub(names.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Ok(format!("In #{slug}: {}{more}.", names.join(", ")))
    }
}

fn in_words(member: chinwag_core::domain::Member) -> String {
    match member.presence {
        Presence::Away => format!("{} (away)", member.user.name),
        Presence::Online | Presence::Offline => member.user.name,
    }
}
