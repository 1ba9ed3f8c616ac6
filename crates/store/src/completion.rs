//! What belongs to messages and stands in tables of its own: whether they are pinned, and how people reacted. It is looked up for whole pages,
//! and only for messages that were changed since they were posted.

use crate::sql::{Failure, Transaction};
use crate::{pins, reactions};
use chinwag_core::domain::{
    EventBody, Message, MessageChanges, MessageEvent, RoomEvent, RoomId, Seq, UserId,
};

/// Completes messages that were read; whoever they are read for stands first among the people who reacted.
pub(crate) fn complete<'m>(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    messages: impl Iterator<Item = &'m mut Message>,
) -> Result<(), Failure> {
    fill(sql, room, reader, messages.filter_map(|message| changed(message.seq, &mut message.content.changes)))
}

/// Completes the messages that events tell of.
pub(crate) fn complete_events(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    events: &mut [RoomEvent],
) -> Result<(), Failure> {
    let told = events.iter_mut().filter_map(|event| match &mut event.body {
        EventBody::Message(MessageEvent::Posted(content)) => changed(event.seq, &mut content.changes),
        EventBody::Message(MessageEvent::Changed(message)) => {
            changed(message.seq, &mut message.content.changes)
        }
        EventBody::Message(
            MessageEvent::Edited { .. }
            | MessageEvent::Deleted { .. }
            | MessageEvent::Reacted { .. }
            | MessageEvent::Pinned { .. },
        )
        | EventBody::Member(_)
        | EventBody::Room(_) => None,
    });
    fill(sql, room, reader, told)
}

/// What is to be completed of a message, if it may have anything.
fn changed(seq: Seq, changes: &mut Option<Box<MessageChanges>>) -> Option<(Seq, &mut MessageChanges)> {
    let changes = changes.as_deref_mut().filter(|changes| !changes.is_deleted)?;
    Some((seq, changes))
}

fn fill<'m>(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    messages: impl Iterator<Item = (Seq, &'m mut MessageChanges)>,
) -> Result<(), Failure> {
    let messages: Vec<_> = messages.collect();
    if messages.is_empty() {
        return Ok(());
    }
    let mut places: Vec<_> = messages.iter().map(|(seq, _)| seq.0).collect();
    places.sort_unstable();
    places.dedup();
    let (reactions, pinned) =
        (reactions::of_messages(sql, room, reader, &places)?, pins::among(sql, room, &places)?);
    for (seq, changes) in messages {
        changes.reactions = reactions.get(&seq).cloned().unwrap_or_default();
        changes.is_pinned = pinned.contains(&seq);
    }
    Ok(())
}
