use crate::support::Folded;
use std::collections::{BTreeMap, BTreeSet};

/// What the room should be: as simple as can be, and without any network.
pub(crate) struct Model {
    pub(crate) head: i64,
    pub(crate) messages: BTreeMap<i64, Message>,
    /// How far each person has read.
    pub(crate) read: Vec<i64>,
    ids: Vec<i64>,
}

pub(crate) struct Message {
    pub(crate) author: usize,
    text: String,
    is_edited: bool,
    pub(crate) is_deleted: bool,
    /// The message under which it is said.
    pub(crate) root: Option<i64>,
    /// Whether the room is shown it.
    in_room: bool,
    reactions: BTreeMap<String, BTreeSet<i64>>,
    /// Whom it mentions, and since which event.
    mentions: BTreeMap<usize, i64>,
}

impl Model {
    pub(crate) fn new(head: i64, ids: Vec<i64>) -> Self {
        Self { head, messages: BTreeMap::new(), read: vec![head; ids.len()], ids }
    }

    /// What a text says that mentions a person, or nobody.
    pub(crate) fn text(&self, text: &str, mentioned: Option<usize>) -> String {
        mentioned.map_or_else(|| text.to_owned(), |person| format!("{text} <@{}>", self.ids[person]))
    }

    pub(crate) fn say(&mut self, author: usize, text: &str, root: Option<(i64, bool)>) {
        self.head += 1;
        let in_room = root.is_none_or(|(_, also)| also);
        if in_room {
            self.read[author] = self.head;
        }
        let mentions = self.mentioned(text, author).map(|person| (person, self.head)).collect();
        let message = Message {
            author,
            text: text.to_owned(),
            is_edited: false,
            is_deleted: false,
            root: root.map(|(root, _)| root),
            in_room,
            reactions: BTreeMap::new(),
            mentions,
        };
        self.messages.insert(self.head, message);
    }

    pub(crate) fn edit(&mut self, target: i64, text: &str) {
        self.head += 1;
        let now: Vec<_> = self.mentioned(text, self.messages[&target].author).collect();
        let head = self.head;
        let message = self.messages.get_mut(&target).unwrap();
        (message.text, message.is_edited) = (text.to_owned(), true);
        // Who was mentioned already is not mentioned anew.
        message.mentions.retain(|person, _| now.contains(person));
        for person in now {
            message.mentions.entry(person).or_insert(head);
        }
    }

    pub(crate) fn delete(&mut self, target: i64) {
        self.head += 1;
        let message = self.messages.get_mut(&target).unwrap();
        (message.text, message.is_edited, message.is_deleted) = (String::new(), false, true);
        message.reactions.clear();
        message.mentions.clear();
    }

    /// Whether the person has reacted to it with that.
    pub(crate) fn has_reacted(&self, person: usize, target: i64, emoji: &str) -> bool {
        self.messages[&target].reactions.get(emoji).is_some_and(|people| people.contains(&self.ids[person]))
    }

    /// Reacts, or takes that back.
    pub(crate) fn turn(&mut self, person: usize, target: i64, emoji: &str) {
        self.head += 1;
        let id = self.ids[person];
        let reactions = &mut self.messages.get_mut(&target).unwrap().reactions;
        let people = reactions.entry(emoji.to_owned()).or_default();
        if !people.remove(&id) {
            people.insert(id);
        }
        reactions.retain(|_, people| !people.is_empty());
    }

    /// Messages that are there, by a person or by anybody.
    pub(crate) fn there(&self, author: Option<usize>) -> Vec<i64> {
        let is_there =
            |message: &Message| !message.is_deleted && author.is_none_or(|it| it == message.author);
        self.messages.iter().filter(|(_, message)| is_there(message)).map(|(seq, _)| *seq).collect()
    }

    /// The messages as everybody sees them.
    pub(crate) fn seen(&self) -> BTreeMap<i64, Folded> {
        let seen = |message: &Message| {
            let mut seen = Folded::new(&message.text, message.is_edited, message.is_deleted);
            seen.reactions.clone_from(&message.reactions);
            seen
        };
        self.messages.iter().map(|(seq, message)| (*seq, seen(message))).collect()
    }

    /// What is unread to a person, and how much of that mentions the person.
    pub(crate) fn unread(&self, person: usize) -> (u32, u32) {
        let read = self.read[person];
        let others = || self.messages.iter().filter(|(_, message)| message.author != person);
        let unread = others().filter(|(seq, it)| **seq > read && !it.is_deleted && it.in_room).count();
        let mentions =
            others().filter(|(_, it)| it.mentions.get(&person).is_some_and(|at| *at > read)).count();
        (unread.min(100) as u32, mentions.min(100) as u32)
    }

    /// How many replies each thread has that were not deleted.
    pub(crate) fn replies(&self) -> BTreeMap<i64, u32> {
        let mut replies = BTreeMap::new();
        for message in self.messages.values().filter(|message| !message.is_deleted) {
            if let Some(root) = message.root {
                *replies.entry(root).or_default() += 1;
            }
        }
        replies
    }

    fn mentioned(&self, text: &str, author: usize) -> impl Iterator<Item = usize> {
        let of = |(person, id): (usize, &i64)| text.contains(&format!("<@{id}>")).then_some(person);
        let all: Vec<_> = self.ids.iter().enumerate().filter_map(of).collect();
        all.into_iter().filter(move |person| *person != author)
    }
}
