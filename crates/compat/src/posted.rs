use chinwag_core::domain::{
    Attachment, EventBody, Message, MessageContent, MessageEvent, MessageKind, Millis, Quote, RoomEvent, Seq,
    UserId, with_names,
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

    /// The text as these protocols show it, which know neither kinds of messages nor answers.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        let MessageContent { kind, text, quote, mentions, attachments, .. } = self.content;
        let text = shown(*kind, self.name, with_names(text, mentions));
        with_files(quoted(quote.as_deref(), text), attachments)
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
            EventBody::Message(MessageEvent::Edited { target, kind, text, mentions, quote, attachments }) => {
                let text = shown(*kind, &event.name, with_names(text, mentions));
                let text = with_files(quoted(quote.as_deref(), text), attachments);
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

/// A text under the beginning of the message that it answers, which may be deleted.
fn quoted<'a>(quote: Option<&Quote>, text: Cow<'a, str>) -> Cow<'a, str> {
    match quote {
        None => text,
        Some(Quote { name, text: begins }) if begins.is_empty() => Cow::Owned(format!("> {name}\n{text}")),
        Some(Quote { name, text: begins }) => Cow::Owned(format!("> {name}: {begins}\n{text}")),
    }
}

/// A text with a line for each file that came with it: its name, its size, and where those read it who signed in.
fn with_files<'a>(text: Cow<'a, str>, files: &[Attachment]) -> Cow<'a, str> {
    if files.is_empty() {
        return text;
    }
    let lines = files.iter().map(|file| format!("[{}, {}] /files/{}/", file.name, size(file.bytes), file.id));
    let text = Some(text.into_owned()).filter(|text| !text.is_empty());
    Cow::Owned(text.into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
}

/// A number of bytes as people say it.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes * 10).div_ceil(unit);
    let said = |tenths: u64, unit: &str| format!("{}.{} {unit}", tenths / 10, tenths % 10);
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => said(tenths(1000), "kB"),
        1_000_000..1_000_000_000_000 => said(tenths(1_000_000), "MB"),
        _ => said(bytes / 100_000, "MB"),
    }
}

fn shown<'a>(kind: MessageKind, name: &str, text: Cow<'a, str>) -> Cow<'a, str> {
    match kind {
        MessageKind::Text => text,
        MessageKind::Action => Cow::Owned(format!("* {name} {text}")),
    }
}
