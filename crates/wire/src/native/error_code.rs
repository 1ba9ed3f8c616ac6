use chinwag_core::domain::Refusal;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use ts_rs::TS;
use utoipa::ToSchema;

/// Why a frame or a request was not carried out, for programs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ErrorCode {
    BadFrame,
    UnknownType,
    Unauthorized,
    AlreadySignedIn,
    NameInvalid,
    NameTaken,
    SignInFailed,
    PasswordRefused,
    EmailInvalid,
    StatusInvalid,
    MailOff,
    MailFailed,
    AccountRequired,
    InviteInvalid,
    AccountsClosed,
    RoomNotFound,
    RoomInvalid,
    RoomExists,
    RoomLimit,
    RoomFull,
    UserNotFound,
    LastOwner,
    GuestRoomLimit,
    NotMember,
    Forbidden,
    MessageNotFound,
    FileNotFound,
    FileTooLarge,
    FileRefused,
    UploadConflict,
    FileQuota,
    TooManyFiles,
    ReadOnly,
    SlowMode,
    Archived,
    Muted,
    Banned,
    MessageEmpty,
    MessageInvalid,
    MessageTooLong,
    EmojiInvalid,
    EmojiNameInvalid,
    EmojiNotFound,
    EmojiLimit,
    ReactionLimit,
    PinLimit,
    SavedLimit,
    ScheduleLimit,
    DraftLimit,
    ScheduleInvalid,
    ScheduledNotFound,
    SettingsChanged,
    GroupInvalid,
    GroupNotFound,
    GroupLimit,
    SearchInvalid,
    ClientIdInvalid,
    ClientIdReused,
    RateLimited,
    Busy,
    Unavailable,
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The code as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether the same frame can succeed later as it is.
    #[must_use]
    pub fn retryable(self) -> bool {
        matches!(
            self,
            Self::RateLimited
                | Self::SlowMode
                | Self::Busy
                | Self::Unavailable
                | Self::MailFailed
                | Self::Internal
        )
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub fn http_status(self) -> u16 {
        match self {
            Self::BadFrame
            | Self::UnknownType
            | Self::AlreadySignedIn
            | Self::NameInvalid
            | Self::PasswordRefused
            | Self::EmailInvalid
            | Self::StatusInvalid
            | Self::RoomInvalid
            | Self::MessageEmpty
            | Self::MessageInvalid
            | Self::MessageTooLong
            | Self::FileRefused
            | Self::TooManyFiles
            | Self::EmojiInvalid
            | Self::EmojiNameInvalid
            | Self::SearchInvalid
            | Self::ScheduleInvalid
            | Self::GroupInvalid
            | Self::ClientIdInvalid => 400,
            Self::Unauthorized | Self::SignInFailed => 401,
            Self::NotMember
            | Self::Forbidden
            | Self::ReadOnly
            | Self::Muted
            | Self::Banned
            | Self::AccountRequired
            | Self::InviteInvalid
            | Self::AccountsClosed
            | Self::MailOff => 403,
            Self::RoomNotFound
            | Self::UserNotFound
            | Self::MessageNotFound
            | Self::FileNotFound
            | Self::ScheduledNotFound
            | Self::EmojiNotFound
            | Self::GroupNotFound => 404,
            Self::NameTaken
            | Self::RoomExists
            | Self::RoomLimit
            | Self::RoomFull
            | Self::LastOwner
            | Self::Archived
            | Self::GuestRoomLimit
            | Self::FileQuota
            | Self::UploadConflict
            | Self::EmojiLimit
            | Self::ReactionLimit
            | Self::PinLimit
            | Self::SavedLimit
            | Self::ScheduleLimit
            | Self::DraftLimit
            | Self::SettingsChanged
            | Self::GroupLimit
            | Self::ClientIdReused => 409,
            Self::FileTooLarge => 413,
            Self::RateLimited | Self::SlowMode => 429,
            Self::Busy | Self::Unavailable | Self::MailFailed => 503,
            Self::Internal => 500,
        }
    }
}

impl From<&Refusal> for ErrorCode {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Unauthorized => Self::Unauthorized,
            Refusal::NameInvalid(_) => Self::NameInvalid,
            Refusal::NameTaken(_) => Self::NameTaken,
            Refusal::SignInFailed => Self::SignInFailed,
            Refusal::PasswordRefused(_) => Self::PasswordRefused,
            Refusal::StatusInvalid => Self::StatusInvalid,
            Refusal::MailOff => Self::MailOff,
            Refusal::MailFailed => Self::MailFailed,
            Refusal::EmailInvalid => Self::EmailInvalid,
            Refusal::AccountRequired => Self::AccountRequired,
            Refusal::InviteInvalid => Self::InviteInvalid,
            Refusal::AccountsClosed => Self::AccountsClosed,
            Refusal::RoomNotFound(_) => Self::RoomNotFound,
            Refusal::RoomInvalid(_) => Self::RoomInvalid,
            Refusal::RoomExists(_) => Self::RoomExists,
            Refusal::RoomLimit { .. } | Refusal::TheirRoomLimit { .. } => Self::RoomLimit,
            Refusal::RoomFull { .. } => Self::RoomFull,
            Refusal::UserNotFound(_) => Self::UserNotFound,
            Refusal::LastOwner | Refusal::LastServerOwner => Self::LastOwner,
            Refusal::GuestRoomLimit { .. } => Self::GuestRoomLimit,
            Refusal::NotMember => Self::NotMember,
            Refusal::Forbidden
            | Refusal::NotAuthor
            | Refusal::MayNotMentionAll
            | Refusal::MayNotMentionGroups => Self::Forbidden,
            Refusal::FileNotFound => Self::FileNotFound,
            Refusal::FileTooLarge { .. } => Self::FileTooLarge,
            Refusal::FileRefused(_) => Self::FileRefused,
            Refusal::UploadConflict => Self::UploadConflict,
            Refusal::FileQuota { .. } => Self::FileQuota,
            Refusal::TooManyFiles { .. } => Self::TooManyFiles,
            Refusal::MessageNotFound(_) => Self::MessageNotFound,
            Refusal::ReadOnly => Self::ReadOnly,
            Refusal::SlowMode { .. } => Self::SlowMode,
            Refusal::Archived => Self::Archived,
            Refusal::Muted { .. } => Self::Muted,
            Refusal::Banned { .. } | Refusal::BannedFromServer { .. } | Refusal::TheyAreBanned { .. } => {
                Self::Banned
            }
            Refusal::MessageEmpty => Self::MessageEmpty,
            Refusal::MessageInvalid(_) => Self::MessageInvalid,
            Refusal::MessageTooLong { .. } => Self::MessageTooLong,
            Refusal::EmojiInvalid => Self::EmojiInvalid,
            Refusal::EmojiNameInvalid(_) => Self::EmojiNameInvalid,
            Refusal::EmojiNotFound(_) => Self::EmojiNotFound,
            Refusal::EmojiLimit { .. } => Self::EmojiLimit,
            Refusal::ReactionLimit { .. } => Self::ReactionLimit,
            Refusal::PinLimit { .. } => Self::PinLimit,
            Refusal::SavedLimit { .. } => Self::SavedLimit,
            Refusal::ScheduleLimit { .. } => Self::ScheduleLimit,
            Refusal::DraftLimit { .. } => Self::DraftLimit,
            Refusal::ScheduleInvalid(_) => Self::ScheduleInvalid,
            Refusal::ScheduledNotFound => Self::ScheduledNotFound,
            Refusal::SettingsChanged => Self::SettingsChanged,
            Refusal::GroupInvalid(_) => Self::GroupInvalid,
            Refusal::GroupNotFound(_) => Self::GroupNotFound,
            Refusal::GroupLimit { .. } | Refusal::GroupFull { .. } => Self::GroupLimit,
            Refusal::SearchInvalid(_) => Self::SearchInvalid,
            Refusal::ClientIdInvalid => Self::ClientIdInvalid,
            Refusal::ClientIdReused => Self::ClientIdReused,
            Refusal::RateLimited { .. } => Self::RateLimited,
            Refusal::Busy => Self::Busy,
            Refusal::Unavailable => Self::Unavailable,
        }
    }
}
