use super::{MessageText, Millis, RoomId, Seq};

/// Characters of a draft. It may be longer than a message: whoever wrote too much makes it less.
pub const DRAFT_LENGTH: usize = 8000;

/// Drafts that one person has at most.
pub const DRAFTS_PER_PERSON: u32 = 200;

/// What a person has begun to write and not sent, for all of the person's devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDraft {
    /// Where it is written.
    pub place: DraftPlace,
    /// The text; none when there is none any more.
    pub text: Option<MessageText>,
    /// The message of the same room that it is to answer.
    pub reply_to: Option<Seq>,
    /// When it was kept. Of two of the same place the later one counts.
    pub at: Millis,
}

/// Where somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftPlace {
    /// The room.
    pub room: RoomId,
    /// The thread, by the message under which it hangs.
    pub thread: Option<Seq>,
}
