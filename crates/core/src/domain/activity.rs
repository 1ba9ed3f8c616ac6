use super::{Message, Millis, UserId};

/// Something that concerned a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its number; what came later has a higher.
    pub id: i64,
    /// How it concerned the person.
    pub kind: ActivityKind,
    /// Who did it, under the present name.
    pub by: (UserId, String),
    /// When.
    pub at: Millis,
    /// The message that did it, or to which somebody reacted, as it is now.
    pub message: Message,
}

/// How something concerns a person. Of one message only the first of these counts that is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActivityKind {
    /// The message mentions the person.
    Mention,
    /// The message answers one of the person.
    Reply,
    /// It is said in a thread that the person follows.
    Thread,
    /// Somebody reacted to a message of the person with this emoji.
    Reaction(String),
}

/// A page of what concerned a person, the last first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityPage {
    /// What the person may still read.
    pub activity: Vec<Activity>,
    /// Behind which entry the next page begins, when there may be one.
    pub next: Option<i64>,
}
