use super::{Attachment, ClientId, FileId, InThread, Message, MessageText, Millis, Refusal, RoomId, Seq};

/// Messages and reminders together that wait for one person at most.
pub const SCHEDULED_PER_PERSON: u32 = 200;

/// Messages of one person that wait for times which are less than [`SCHEDULED_SPACE_MS`] apart at most: no more than a person may write in that time.
pub const SCHEDULED_MESSAGES_AT_ONCE: u32 = 20;

/// See [`SCHEDULED_MESSAGES_AT_ONCE`]: ten seconds.
pub const SCHEDULED_SPACE_MS: i64 = 10_000;

/// How far ahead something may be scheduled, in milliseconds: a year.
pub const SCHEDULED_AHEAD_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// What is to happen at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// A message is sent.
    Message {
        /// The room.
        room: RoomId,
        /// The text.
        text: MessageText,
        /// The message of the same room that it answers.
        reply_to: Option<Seq>,
        /// The thread in which it is to stand.
        thread: Option<InThread>,
    },
    /// Its author is reminded.
    Reminder {
        /// The message that it is about.
        about: Option<(RoomId, Seq)>,
        /// What is to be thought of; empty only where it is about a message.
        text: MessageText,
    },
}

/// Something to be scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewScheduled {
    /// The author's name for it, and that of the message.
    pub client_id: ClientId,
    /// When it is to happen.
    pub due: Millis,
    /// What it is.
    pub plan: Plan,
    /// The files that come with a message. With files it may have no text.
    pub attachments: Box<[FileId]>,
}

/// Something that waits, as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// Its number.
    pub id: i64,
    /// When it is to happen, or was.
    pub due: Millis,
    /// How it stands.
    pub state: ScheduledState,
    /// What it is.
    pub plan: Plan,
    /// The files that come with a message.
    pub attachments: Box<[Attachment]>,
    /// The message that a reminder is about, as it is now, if the person may still read it.
    pub message: Option<Message>,
}

/// How something stands that was scheduled. A message that was sent is not there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduledState {
    /// Its time has not come.
    Waiting,
    /// The person is reminded until the reminder is dismissed.
    Due,
    /// The message was not sent, and why.
    Failed(WhyNotSent),
}

/// Why a message was not sent at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNotSent {
    /// The author does not find the room any more.
    RoomGone,
    /// The author is no member any more.
    NotMember,
    /// The author may not write there, or not that.
    NotAllowed,
    /// The message is not there that it was to answer.
    MessageGone,
}

impl WhyNotSent {
    /// What a refusal comes to.
    #[must_use]
    pub fn of(refusal: &Refusal) -> Self {
        if matches!(refusal, Refusal::RoomNotFound(_)) {
            Self::RoomGone
        } else if *refusal == Refusal::NotMember {
            Self::NotMember
        } else if matches!(refusal, Refusal::MessageNotFound(_)) {
            Self::MessageGone
        } else {
            Self::NotAllowed
        }
    }
}
