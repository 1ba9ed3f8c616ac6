use chinwag_core::domain::{
    EventBody, Message, MessageContent, MessageEvent, MessageKind, Millis, RoomEvent, Seq, UserId, with_names,
};
use std::borrow::Cow;

/// A message as it was posted, from the log or from a page of history. One that was deleted is none for clients that see it for the first time.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    /// Its place in the room's log.
    pub seq: Seq,
    /// When it was committed.
    pub at: Millis,
    /// Who wrote it.
    pub author: UserId,
    /// The author's name.
    pub name: &'a str,
    content: &'a MessageContent,
}

impl<'a> Posted<'a> {
    /// The message that was posted with this event.
    #[must_use]
    pub fn of(event: &'a RoomEvent) -> Option<Self> {
        let RoomEvent { seq, at, actor, name, .. } = event;
        let content = event.posted().filter(|content| !content.is_deleted())?;
        Some(Self { seq: *seq, at: *at, author: *actor, name, content })
    }

    /// Those of a page.
    pub fn all(messages: &'a [Message]) -> impl Iterator<Item = Self> {
        messages.iter().filter(|message| !message.content.is_deleted()).map(Self::from)
    }

    /// The text as these protocols show it, which know no kinds of messages.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        shown(self.content.kind, self.name, with_names(&self.content.text, &self.content.mentions))
    }
}

impl<'a> From<&'a Message> for Posted<'a> {
    fn from(message: &'a Message) -> Self {
        let Message { room: _, seq, at, author, name, content } = message;
        Self { seq: *seq, at: *at, author: *author, name, content }
    }
}

/// What became of a message that clients have seen.
#[derive(Clone, Debug)]
pub enum Changed<'a> {
    /// It has another text.
    Edited {
        /// The message.
        target: Seq,
        /// The text as these protocols show it.
        text: Cow<'a, str>,
    },
    /// It was deleted.
    Deleted {
        /// The message.
        target: Seq,
    },
}

impl<'a> Changed<'a> {
    /// What this event changed.
    #[must_use]
    pub fn of(event: &'a RoomEvent) -> Option<Self> {
        match &event.body {
            EventBody::Message(MessageEvent::Edited { target, kind, text, mentions }) => {
                let text = shown(*kind, &event.name, with_names(text, mentions));
                Some(Self::Edited { target: *target, text })
            }
            EventBody::Message(MessageEvent::Deleted { target, .. }) => {
                Some(Self::Deleted { target: *target })
            }
            EventBody::Message(MessageEvent::Changed(message)) if message.content.is_deleted() => {
                Some(Self::Deleted { target: message.seq })
            }
            // These protocols show neither reactions nor pins, so there may be nothing to tell.
            EventBody::Message(MessageEvent::Changed(message)) if message.content.edited().is_none() => None,
            EventBody::Message(MessageEvent::Changed(message)) => {
                Some(Self::Edited { target: message.seq, text: Posted::from(&**message).text() })
            }
            EventBody::Message(
                MessageEvent::Posted(_) | MessageEvent::Reacted { .. } | MessageEvent::Pinned { .. },
            )
            | EventBody::Member(_)
            | EventBody::Room(_) => None,
        }
    }
}

fn shown<'a>(kind: MessageKind, name: &str, text: Cow<'a, str>) -> Cow<'a, str> {
    match kind {
        MessageKind::Text => text,
        MessageKind::Action => Cow::Owned(format!("* {name} {text}")),
    }
}
