use super::{Change, Model, Room};
use chinwag_core::domain::{
    EventBody, InThread, Mentioned, MessageContent, MessageEvent, MessageKind, Refusal, RoomId, Seq, UserId,
    mentioned,
};

impl Room {
    pub(super) fn mentions(&self, user: UserId, read: Seq) -> u32 {
        let of_user = self.mentions.values().filter_map(|people| people.get(&user));
        of_user.filter(|at| **at > read).count().min(100).try_into().unwrap()
    }

    /// Notes whom a text of `author` mentions at the place `target`, by the event at `at`.
    fn mention(&mut self, author: UserId, (target, at): (Seq, Seq), text: &str) {
        let named: Vec<_> = mentioned(text)
            .into_iter()
            .filter(|user| *user != author && self.members.contains_key(user))
            .collect();
        let people = self.mentions.entry(target).or_default();
        people.retain(|user, _| named.contains(user));
        for user in named {
            people.entry(user).or_insert(at);
        }
    }
}

impl Model {
    /// What is said under a client id: some of it mentions somebody.
    pub(crate) fn text(&self, id: &str) -> String {
        let number: usize = id.parse().unwrap();
        match self.people.keys().nth(number % (2 * self.people.len())) {
            Some(user) => format!("{id} <@{user}>"),
            None => id.to_owned(),
        }
    }

    /// Whom a text of `author` in a room mentions, with their names.
    pub(crate) fn named(&self, room: &Room, target: Seq) -> Box<[Mentioned]> {
        let people = room.mentions.get(&target).into_iter().flatten();
        people.map(|(user, _)| Mentioned { user: *user, name: self.people[user].name.clone() }).collect()
    }

    /// Says something in a room, or in a thread there.
    pub(crate) fn say(
        &mut self,
        user: UserId,
        (room, thread): (RoomId, Option<InThread>),
        id: &str,
    ) -> Result<(RoomId, Seq), Refusal> {
        let index = self.find(room.into())?;
        let room = &mut self.rooms[index];
        if let Some(first) = self.sent.get(&(user, id.into())) {
            return if first.0 == room.id { Ok(*first) } else { Err(Refusal::ClientIdReused) };
        }
        if self.made.contains_key(&(user, id.into())) {
            return Err(Refusal::ClientIdReused);
        }
        if !room.members.contains_key(&user) {
            return Err(Refusal::NotMember);
        }
        if let Some(InThread { root, .. }) = thread
            && (room.author(root).is_none() || room.is_gone(root) || room.thread_of(root).is_some())
        {
            return Err(Refusal::MessageNotFound(root));
        }
        let text = self.text(id);
        let room = &mut self.rooms[index];
        let seq = room.head().next();
        room.mention(user, (seq, seq), &text);
        let mentions = self.named(&self.rooms[index], seq);
        let mentioned: Vec<_> = mentions.iter().map(|person| person.user).collect();
        let content = MessageContent { mentions, thread, ..MessageContent::new(MessageKind::Text, text, id) };
        let room = &mut self.rooms[index];
        room.append(user, EventBody::Message(MessageEvent::Posted(content)));
        if thread.is_none_or(|thread| thread.also) {
            room.members.insert(user, seq);
        }
        if let Some(InThread { root, .. }) = thread {
            room.note_reply(user, root, &mentioned);
        }
        self.sent.insert((user, id.into()), (room.id, seq));
        Ok((room.id, seq))
    }

    /// Gives a message the [text](Self::text) of the client id, or deletes it.
    pub(crate) fn change(
        &mut self,
        user: UserId,
        room: RoomId,
        (target, change, id): (Seq, Change, &str),
    ) -> Result<Seq, Refusal> {
        let index = self.find(room.into())?;
        let key = (user, id.to_owned());
        if let Some((in_room, of, how, seq)) = self.made.get(&key) {
            let is_repeat = (*in_room, *of, *how) == (room, target, change);
            return if is_repeat { Ok(*seq) } else { Err(Refusal::ClientIdReused) };
        }
        if self.sent.contains_key(&key) {
            return Err(Refusal::ClientIdReused);
        }
        let room = &mut self.rooms[index];
        let author = room.author(target);
        let is_others = author.is_some_and(|author| author != user);
        let is_owner = room.creator == Some(user) && room.members.contains_key(&user);
        match change {
            Change::Delete if is_others && !is_owner => return Err(Refusal::Forbidden),
            Change::Delete if is_others => {}
            Change::Edit | Change::Delete if !room.members.contains_key(&user) => {
                return Err(Refusal::NotMember);
            }
            Change::Edit | Change::Delete => {}
        }
        let not_found = Refusal::MessageNotFound(target);
        if author.is_none() || change == Change::Edit && room.is_gone(target) {
            return Err(not_found);
        }
        let at = room.head().next();
        let (told, text) = match change {
            Change::Edit if is_others => return Err(Refusal::NotAuthor),
            Change::Edit => {
                let text = self.text(id);
                self.rooms[index].mention(user, (target, at), &text);
                let (kind, mentions) = (MessageKind::Text, self.named(&self.rooms[index], target));
                let mentioned: Vec<_> = mentions.iter().map(|person| person.user).collect();
                let room = &mut self.rooms[index];
                if let Some(InThread { root, .. }) = room.thread_of(target) {
                    room.note_mentions(root, at, &mentioned);
                }
                let told = MessageEvent::Edited {
                    target,
                    kind,
                    text: text.clone(),
                    mentions,
                    quote: None,
                    attachments: Box::default(),
                };
                (told, Some(text))
            }
            Change::Delete if room.is_gone(target) => return Ok(room.changed[&target].last),
            Change::Delete => {
                room.mentions.remove(&target);
                let thread = room.thread_of(target).map(|thread| thread.root);
                (MessageEvent::Deleted { target, thread }, None)
            }
        };
        let room = &mut self.rooms[index];
        let seq = room.append(user, EventBody::Message(told));
        let present = room.present(target);
        if text.is_none() {
            present.reactions.clear();
            present.is_pinned = false;
        }
        (present.text, present.last) = (text, seq);
        self.made.insert(key, (room.id, target, change, seq));
        Ok(seq)
    }
}
