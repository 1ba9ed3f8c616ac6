//! Messages that are sent later, and reminders.

use crate::native::{self, Attachment, LogEvent, ProtocolError};
use chinwag_core::domain::{self, InThread, Plan, RoomEvent, ScheduledState, WhyNotSent};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The body of `POST /api/scheduled/messages`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SendLater {
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    #[ts(type = "number")]
    pub room: i64,
    pub text: String,
    /// The `seq` of the message of the same room that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub reply_to: Option<i64>,
    /// The `seq` of the message under which it is said; without it, it is said in the room alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub thread: Option<i64>,
    /// Whether what is said in a thread is said in the room as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub also: bool,
    /// The numbers of the caller's files for this room that come with it; with them it may have no text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub attachments: Vec<String>,
}

/// The body of `POST /api/scheduled/reminders`: with `room` and `seq` it is about that message, otherwise about its text.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct RemindMe {
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub room: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub seq: Option<i64>,
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub text: String,
}

/// The body of `PATCH /api/scheduled/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Reschedule {
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

/// The answer of what schedules something.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ScheduledId {
    /// The number under which it waits.
    #[ts(type = "number")]
    pub id: i64,
}

/// The answer of `GET /api/scheduled`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct ScheduledList {
    /// What comes first at the beginning.
    pub scheduled: Vec<Scheduled>,
}

/// A message that is sent later, or a reminder.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Scheduled {
    #[ts(type = "number")]
    pub id: i64,
    pub kind: ScheduledKind,
    pub state: ScheduledStateName,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// Where a message is to stand, or the one stands that a reminder is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub room: Option<i64>,
    /// The place of the message that a reminder is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub seq: Option<i64>,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub reply_to: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub thread: Option<i64>,
    /// The files that come with a message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
    /// Why a message was not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub problem: Option<ScheduleProblem>,
    /// The message that a reminder is about, as it is now, while one may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub message: Option<LogEvent>,
}

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ScheduledKind {
    Message,
    Reminder,
}

/// How something stands that was scheduled: `due` is a reminder until it is dismissed, `failed` a message that was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ScheduledStateName {
    Waiting,
    Due,
    Failed,
}

/// Why a message was not sent at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ScheduleProblem {
    RoomGone,
    NotMember,
    NotAllowed,
    MessageGone,
}

impl SendLater {
    /// The files that come with it.
    ///
    /// # Errors
    /// For what is no name of a file.
    pub fn files(&self) -> Result<Box<[domain::FileId]>, ProtocolError> {
        native::files(&self.attachments)
    }

    /// The thread in which it is to stand.
    #[must_use]
    pub fn in_thread(&self) -> Option<InThread> {
        native::in_thread(self.thread, self.also)
    }
}

impl From<Vec<domain::Scheduled>> for ScheduledList {
    fn from(scheduled: Vec<domain::Scheduled>) -> Self {
        Self { scheduled: scheduled.into_iter().map(Scheduled::from).collect() }
    }
}

impl From<domain::Scheduled> for Scheduled {
    fn from(scheduled: domain::Scheduled) -> Self {
        let domain::Scheduled { id, due, state, plan, attachments, message } = scheduled;
        let attachments = Attachment::all(&attachments);
        let (state, problem) = match state {
            ScheduledState::Waiting => (ScheduledStateName::Waiting, None),
            ScheduledState::Due => (ScheduledStateName::Due, None),
            ScheduledState::Failed(why) => (ScheduledStateName::Failed, Some(why.into())),
        };
        let message = message.map(|message| LogEvent::from(&RoomEvent::from(message)));
        let at = due.0;
        match plan {
            Plan::Message { room, text, reply_to, thread } => Self {
                id,
                kind: ScheduledKind::Message,
                state,
                at,
                room: Some(room.0),
                seq: None,
                text: text.as_str().to_owned(),
                reply_to: reply_to.map(|seq| seq.0),
                thread: thread.map(|thread| thread.root.0),
                attachments,
                problem,
                message,
            },
            Plan::Reminder { about, text } => Self {
                id,
                kind: ScheduledKind::Reminder,
                state,
                at,
                room: about.map(|(room, _)| room.0),
                seq: about.map(|(_, seq)| seq.0),
                text: text.as_str().to_owned(),
                reply_to: None,
                thread: None,
                attachments,
                problem,
                message,
            },
        }
    }
}

impl From<WhyNotSent> for ScheduleProblem {
    fn from(why: WhyNotSent) -> Self {
        match why {
            WhyNotSent::RoomGone => Self::RoomGone,
            WhyNotSent::NotMember => Self::NotMember,
            WhyNotSent::NotAllowed => Self::NotAllowed,
            WhyNotSent::MessageGone => Self::MessageGone,
        }
    }
}
