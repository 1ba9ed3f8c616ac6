//! What belongs to messages and stands in tables of its own: whom they mention, how that begins which they answer, which files came with them, whether they are pinned, how people reacted, and what is
//! said under them. It is looked up for
//! whole pages, and only for messages that may have any of it.

use crate::sql::{Failure, Transaction};
use crate::{attachments, mentions, pins, quotes, reactions, thread_pages};
use chinwag_core::domain::{
    EventBody, Message, MessageChanges, MessageContent, MessageEvent, RoomEvent, RoomId, Seq, UserId,
};

/// Completes messages that were read; whoever they are read for stands first among the people who reacted.
pub(crate) fn complete<'m>(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    messages: impl Iterator<Item = &'m mut Message>,
) -> Result<(), Failure> {
    complete_all(sql, room, reader, messages.map(|message| (message.seq, &mut message.content)).collect())
}

/// Completes the messages that events tell of.
pub(crate) fn complete_events(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    events: &mut [RoomEvent],
) -> Result<(), Failure> {
    let told = events.iter_mut().filter_map(|event| match &mut event.body {
        EventBody::Message(MessageEvent::Posted(content)) => Some((event.seq, content)),
        EventBody::Message(MessageEvent::Changed(message)) => Some((message.seq, &mut message.content)),
        EventBody::Message(
            MessageEvent::Edited { .. }
            | MessageEvent::Deleted { .. }
            | MessageEvent::Reacted { .. }
            | MessageEvent::Pinned { .. },
        )
        | EventBody::Member(_)
        | EventBody::Room(_) => None,
    });
    complete_all(sql, room, reader, told.collect())
}

fn complete_all(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    mut contents: Vec<(Seq, &mut MessageContent)>,
) -> Result<(), Failure> {
    mentions::complete(sql, room, &mut contents)?;
    quotes::complete(sql, room, &mut contents)?;
    attachments::complete(sql, room, &mut contents)?;
    thread_pages::complete(sql, room, &mut contents)?;
    let changed = contents.into_iter().filter_map(|(seq, content)| {
        let changes = content.changes.as_deref_mut().filter(|changes| !changes.is_deleted)?;
        Some((seq, changes))
    });
    fill(sql, room, reader, changed)
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
