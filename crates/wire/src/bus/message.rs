use super::event::Event;
use super::news::News;
use super::presence::Presence;
use serde::{Deserialize, Serialize};

/// The version of the format. A node takes nothing of a higher one: there the same words mean something else.
pub(super) const VERSION: u32 = 1;

/// A message, with its parts as `P`: read as [`Part`], or not read yet.
#[derive(Serialize, Deserialize)]
pub(super) struct Message<P> {
    #[serde(rename = "v")]
    pub(super) version: u32,
    pub(super) node: i64,
    pub(super) n: u64,
    #[serde(default, skip_serializing_if = "is_false", rename = "afterLoss")]
    pub(super) after_loss: bool,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<P>,
}

/// A question to the other nodes.
#[derive(Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) id: u64,
    pub(super) what: Applied,
}

/// What is to be applied.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Applied {
    Room { room: i64, seq: i64 },
    Session { user: i64, session: i64 },
}

/// An answer to a mark.
#[derive(Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) to: i64,
    pub(super) id: u64,
}

/// One thing that is told. Its kind is the only key of an object, so that it is read without being kept first.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Part<'a> {
    Event(Box<Event<'a>>),
    News(News<'a>),
    Presence(Presence<'a>),
    Mark(Mark),
    Answer(Answer),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it in like this")]
fn is_false(value: &bool) -> bool {
    !value
}
