use super::Model;
use chinwag_core::domain::{
    EventBody, MessageEvent, PinChange, ReactionChange, Refusal, RoomId, Seq, UserId,
};

impl Model {
    /// Adds a reaction, or takes it back.
    pub(crate) fn react(
        &mut self,
        user: UserId,
        room: RoomId,
        (target, emoji, change): (Seq, &str, ReactionChange),
    ) -> Result<(), Refusal> {
        let index = self.find(room.into())?;
        let room = &mut self.rooms[index];
        if !room.members.contains_key(&user) {
            return Err(Refusal::NotMember);
        }
        if room.author(target).is_none() || room.is_gone(target) {
            return Err(Refusal::MessageNotFound(target));
        }
        let people = room.changed.get(&target).and_then(|changed| changed.reactions.get(emoji));
        let is_there = people.is_some_and(|people| people.contains(&user));
        if is_there != (change == ReactionChange::Added) {
            let emoji = emoji.to_owned();
            let told = MessageEvent::Reacted { target, emoji: emoji.clone(), change };
            let last = room.append(user, EventBody::Message(told));
            let present = room.present(target);
            present.last = last;
            let people = present.reactions.entry(emoji).or_default();
            if is_there {
                people.remove(&user)
            } else {
                people.insert(user)
            };
            present.reactions.retain(|_, people| !people.is_empty());
        }
        Ok(())
    }

    /// Pins a message, or ends that.
    pub(crate) fn pin(
        &mut self,
        user: UserId,
        room: RoomId,
        (target, change): (Seq, PinChange),
    ) -> Result<(), Refusal> {
        let index = self.find(room.into())?;
        let room = &mut self.rooms[index];
        if room.creator != Some(user) || !room.members.contains_key(&user) {
            return Err(Refusal::Forbidden);
        }
        if room.author(target).is_none() || room.is_gone(target) {
            return Err(Refusal::MessageNotFound(target));
        }
        let is_pinned = room.changed.get(&target).is_some_and(|changed| changed.is_pinned);
        if is_pinned != (change == PinChange::Pinned) {
            let last = room.append(user, EventBody::Message(MessageEvent::Pinned { target, change }));
            let present = room.present(target);
            (present.last, present.is_pinned) = (last, !is_pinned);
        }
        Ok(())
    }
}
