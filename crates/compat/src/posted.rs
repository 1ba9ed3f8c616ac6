use chinwag_core::domain::{Message, MessageContent, MessageKind, Millis, RoomEvent, Seq, UserId};
use std::borrow::Cow;

/// A message as it was posted, from the log or from a page of history.
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
        event.posted().map(|content| Self { seq: *seq, at: *at, author: *actor, name, content })
    }

    /// The text as these protocols show it, which know no kinds of messages.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        match self.content.kind {
            MessageKind::Text => Cow::Borrowed(&self.content.text),
            MessageKind::Action => Cow::Owned(format!("* {} {}", self.name, self.content.text)),
        }
    }
}

impl<'a> From<&'a Message> for Posted<'a> {
    fn from(message: &'a Message) -> Self {
        let Message { room: _, seq, at, author, name, content } = message;
        Self { seq: *seq, at: *at, author: *author, name, content }
    }
}
