use super::StoreFuture;
use crate::domain::{Actor, Emoji, ReactionChange, ReactionPeople, RoomId, Seq, UserId};

/// A reaction that somebody adds or takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reacting {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// With which emoji.
    pub emoji: Emoji,
    /// Which of both.
    pub change: ReactionChange,
}

/// How people react to messages. Wherever a message is read, its reactions come with it.
pub trait Reactions {
    /// Adds a reaction of the actor to a message, or takes it back. What is so already is no event.
    /// [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`MessageNotFound`](crate::domain::Refusal::MessageNotFound),
    /// [`EmojiNotFound`](crate::domain::Refusal::EmojiNotFound) for one of the server that it does not have (it can still be taken back),
    /// [`ReactionLimit`](crate::domain::Refusal::ReactionLimit) above [`EMOJI_PER_MESSAGE`](crate::domain::EMOJI_PER_MESSAGE), and those of
    /// [`check_reacting`](crate::domain::permissions::check_reacting).
    fn react(&self, actor: Actor, reacting: Reacting) -> StoreFuture<()>;

    /// Everybody who reacted to a message, the first emoji first. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound),
    /// [`NotMember`](crate::domain::Refusal::NotMember), [`MessageNotFound`](crate::domain::Refusal::MessageNotFound).
    fn reactions(&self, user: UserId, room: RoomId, target: Seq) -> StoreFuture<Vec<ReactionPeople>>;
}
