//! What a message says, as nodes tell each other.

use crate::native::{Attachment, Reaction};
use chinwag_core::domain::{
    self, InThread, Mentioned, MessageChanges, MessageContent, Millis, Quote, Seq, UserId,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a message says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content<'a> {
    kind: MessageKind,
    text: Cow<'a, str>,
    client_id: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply_to: Option<i64>,
    /// Who wrote what it answers, and how that begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<(Cow<'a, str>, Cow<'a, str>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thread: Option<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    also: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<(i64, Cow<'a, str>)>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    attachments: Box<[Attachment]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changes: Option<Changes>,
}

/// What became of a message.
#[derive(Serialize, Deserialize)]
pub(super) struct Changes {
    last: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edited: Option<i64>,
    deleted: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<Reaction>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ReactionChange {
    Added,
    Removed,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum MessageKind {
    Text,
    Action,
}

pub(super) fn written(mentions: &[Mentioned]) -> Vec<(i64, Cow<'_, str>)> {
    mentions.iter().map(|person| (person.user.0, (&person.name).into())).collect()
}

pub(super) fn read(mentions: Vec<(i64, Cow<'_, str>)>) -> Box<[Mentioned]> {
    let person =
        |(user, name): (i64, Cow<'_, str>)| Mentioned { user: UserId(user), name: name.into_owned() };
    mentions.into_iter().map(person).collect()
}

pub(super) fn written_quote(quote: Option<&Quote>) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    quote.map(|Quote { name, text }| (name.into(), text.into()))
}

pub(super) fn read_quote(quote: Option<(Cow<'_, str>, Cow<'_, str>)>) -> Option<Box<Quote>> {
    quote.map(|(name, text)| Box::new(Quote { name: name.into_owned(), text: text.into_owned() }))
}

pub(super) fn read_files(files: Box<[Attachment]>) -> Box<[domain::Attachment]> {
    files.into_vec().into_iter().filter_map(Attachment::read).collect()
}

impl<'a> From<&'a MessageContent> for Content<'a> {
    fn from(content: &'a MessageContent) -> Self {
        // What is said under it is told to those who ask.
        let MessageContent {
            kind,
            text,
            client_id,
            reply_to,
            quote,
            thread,
            mentions,
            attachments,
            changes,
            thread_info: _,
        } = content;
        Self {
            kind: (*kind).into(),
            text: text.into(),
            client_id: client_id.into(),
            reply_to: reply_to.map(|seq| seq.0),
            quote: written_quote(quote.as_deref()),
            thread: thread.map(|thread| thread.root.0),
            also: thread.is_some_and(|thread| thread.also),
            mentions: written(mentions),
            attachments: Attachment::all(attachments).into(),
            changes: changes.as_deref().map(|changes| Changes {
                last: changes.last.0,
                edited: changes.edited.map(|at| at.0),
                deleted: changes.is_deleted,
                pinned: changes.is_pinned,
                reactions: changes.reactions.iter().map(Reaction::from).collect(),
            }),
        }
    }
}

impl From<Content<'_>> for MessageContent {
    fn from(content: Content<'_>) -> Self {
        let Content { kind, text, client_id, reply_to, quote, thread, also, mentions, attachments, changes } =
            content;
        let changes = changes.map(|Changes { last, edited, deleted, pinned, reactions }| {
            let reactions = reactions.into_iter().map(domain::Reaction::from).collect();
            let (last, edited) = (Seq(last), edited.map(Millis));
            Box::new(MessageChanges { last, edited, is_deleted: deleted, is_pinned: pinned, reactions })
        });
        let (text, client_id) = (text.into_owned(), client_id.into_owned());
        Self {
            kind: kind.into(),
            text,
            client_id,
            reply_to: reply_to.map(Seq),
            quote: read_quote(quote),
            thread: thread.map(|root| InThread { root: Seq(root), also }),
            mentions: read(mentions),
            attachments: read_files(attachments),
            changes,
            thread_info: None,
        }
    }
}

impl From<domain::ReactionChange> for ReactionChange {
    fn from(change: domain::ReactionChange) -> Self {
        match change {
            domain::ReactionChange::Added => Self::Added,
            domain::ReactionChange::Removed => Self::Removed,
        }
    }
}

impl From<ReactionChange> for domain::ReactionChange {
    fn from(change: ReactionChange) -> Self {
        match change {
            ReactionChange::Added => Self::Added,
            ReactionChange::Removed => Self::Removed,
        }
    }
}

impl From<domain::MessageKind> for MessageKind {
    fn from(kind: domain::MessageKind) -> Self {
        match kind {
            domain::MessageKind::Text => Self::Text,
            domain::MessageKind::Action => Self::Action,
        }
    }
}

impl From<MessageKind> for domain::MessageKind {
    fn from(kind: MessageKind) -> Self {
        match kind {
            MessageKind::Text => Self::Text,
            MessageKind::Action => Self::Action,
        }
    }
}
