use chinwag_client::protocol::{LogBody, LogEvent, MessageBody, Reaction};
use std::collections::{BTreeMap, BTreeSet};

/// What a client knows of a message by everything that it was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) text: String,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    /// The people behind each emoji.
    pub(crate) reactions: BTreeMap<String, BTreeSet<i64>>,
    /// The last change that is in it.
    changed: i64,
}

impl Folded {
    /// The same as far as people see it.
    pub(crate) fn new(text: &str, edited: bool, deleted: bool) -> Self {
        Self { text: text.to_owned(), edited, deleted, ..Self::default() }
    }
}

/// The messages of a room as these events leave them, in the order in which they came. Nothing in them may be told twice.
pub(crate) fn fold<'a>(events: impl Iterator<Item = &'a LogEvent>) -> BTreeMap<i64, Folded> {
    let mut messages = BTreeMap::<_, Folded>::new();
    for LogEvent { header, body } in events {
        let LogBody::Message(body) = body else { continue };
        let (seq, by) = (header.seq, header.user_id);
        match body {
            MessageBody::Message { text, edited, deleted, reactions, changed, .. } => {
                let (edited, reactions) = (edited.is_some(), people(reactions));
                let changed = changed.unwrap_or(seq);
                let text = text.clone();
                messages.insert(seq, Folded { text, edited, deleted: *deleted, reactions, changed });
            }
            MessageBody::MessageChanged { target, text, edited, deleted, reactions, changed, .. } => {
                let (edited, reactions, text) = (edited.is_some(), people(reactions), text.clone());
                let folded = Folded { text, edited, deleted: *deleted, reactions, changed: *changed };
                messages.insert(*target, folded);
            }
            MessageBody::MessageEdited { target, text, .. } => change(&mut messages, *target, seq, |known| {
                text.clone_into(&mut known.text);
                known.edited = true;
            }),
            MessageBody::MessageDeleted { target, .. } => change(&mut messages, *target, seq, |known| {
                *known = Folded { deleted: true, ..Folded::default() };
            }),
            MessageBody::ReactionAdded { target, emoji } => change(&mut messages, *target, seq, |known| {
                let is_new = known.reactions.entry(emoji.clone()).or_default().insert(by);
                assert!(is_new, "nothing is told twice: {emoji} at {seq}");
            }),
            MessageBody::ReactionRemoved { target, emoji } => change(&mut messages, *target, seq, |known| {
                let was_there = known.reactions.get_mut(emoji).is_some_and(|people| people.remove(&by));
                assert!(was_there, "only what is there goes: {emoji} at {seq}");
                known.reactions.retain(|_, people| !people.is_empty());
            }),
            MessageBody::MessagePinned { .. } | MessageBody::MessageUnpinned { .. } => {}
        }
    }
    for known in messages.values_mut() {
        known.changed = 0;
    }
    messages
}

/// Has a message change at `seq`, unless it is told with that change already, or is not known.
fn change(messages: &mut BTreeMap<i64, Folded>, target: i64, seq: i64, change: impl FnOnce(&mut Folded)) {
    if let Some(known) = messages.get_mut(&target).filter(|known| known.changed < seq) {
        change(known);
    }
}

/// The people behind each emoji.
pub(crate) fn people(reactions: &[Reaction]) -> BTreeMap<String, BTreeSet<i64>> {
    reactions.iter().map(|it| (it.emoji.clone(), it.users.iter().copied().collect())).collect()
}
