use super::{EmojiName, GroupName, Millis, RoomReference, RoomSlug, Seq, UserId, UserName};

/// Why a command was not carried out. Each is a sentence that tells the person what to do next.
///
/// Used by every use case in [`chat`](crate::chat); the wire crate maps it to error codes, the server to HTTP statuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The token is unknown or its session has ended.
    #[error("Your session has ended. Sign in again.")]
    Unauthorized,
    /// A person's name breaks the rules; the text says which.
    #[error("{0}")]
    NameInvalid(&'static str),
    /// Somebody has this name, ignoring case.
    #[error("The name {0} is taken. Choose another one.")]
    NameTaken(UserName),
    /// No account has this name and this password; which of the two is wrong is not told.
    #[error("Name or password is wrong. Try again.")]
    SignInFailed,
    /// A password breaks the rules; the text says which.
    #[error("{0}")]
    PasswordRefused(&'static str),
    /// No e-mail address.
    #[error("This is no e-mail address. Write it like alex@example.org, or leave it out.")]
    EmailInvalid,
    /// The server sends no mail.
    #[error("This server sends no mail.")]
    MailOff,
    /// A mail could not be sent.
    #[error("The mail could not be sent. Try again later.")]
    MailFailed,
    /// A status breaks the rules.
    #[error("A status is at most 100 characters on one line.")]
    StatusInvalid,
    /// Nobody comes in by a name alone.
    #[error("This server is for people with an account. Sign in, or ask whose server it is.")]
    AccountRequired,
    /// One needs an invitation that is good: unknown, used up, expired and withdrawn ones look the same.
    #[error("You need an invitation that is still good. Ask whoever invited you for a new one.")]
    InviteInvalid,
    /// Nobody makes an account by oneself.
    #[error("Nobody can make an account here by themselves. Ask whose server it is.")]
    AccountsClosed,
    /// Unknown, deleted, or not visible to the person: all look the same.
    #[error("There is no room {0}.")]
    RoomNotFound(RoomReference),
    /// A slug, title or topic breaks the rules; the text says which.
    #[error("{0}")]
    RoomInvalid(&'static str),
    /// Another room has this slug.
    #[error("There is a room #{0} already. Choose another address.")]
    RoomExists(RoomSlug),
    /// The person is in as many rooms as one may be.
    #[error("You are in {limit} rooms, the most that are allowed. Leave one first.")]
    RoomLimit {
        /// Rooms one person may be in.
        limit: u32,
    },
    /// Somebody else is in as many rooms as one may be.
    #[error("{name} is in {limit} rooms, the most that are allowed, and has to leave one first.")]
    TheirRoomLimit {
        /// Who it is.
        name: String,
        /// Rooms one person may be in.
        limit: u32,
    },
    /// A conversation has as many people as it may.
    #[error("A conversation has at most {limit} people. Create a private room for more.")]
    RoomFull {
        /// People in it at most.
        limit: usize,
    },
    /// Unknown, removed, or not in the room that it is about: all look the same.
    #[error("There is nobody with the number {0}.")]
    UserNotFound(UserId),
    /// This would leave a room without anybody who may change it.
    #[error("This room would have no owner. Make somebody else one first.")]
    LastOwner,
    /// Guests have made as many rooms as they may together.
    #[error(
        "Guests have made {limit} rooms, the most that are allowed here. Use one of them, or ask whose server it is."
    )]
    GuestRoomLimit {
        /// Rooms that guests may have made.
        limit: u32,
    },
    /// This would leave the server without an owner.
    #[error("The server would have no owner. Make somebody else one first.")]
    LastServerOwner,
    /// The person must join the room first.
    #[error("Join this room first.")]
    NotMember,
    /// The person may see this room, but has no right to do that in it.
    #[error("You may not do that in this room. Ask the person who created it.")]
    Forbidden,
    /// The person may write in this room, but not mention everybody there.
    #[error("You may not mention everybody in this room. Write it without, or mention some people by name.")]
    MayNotMentionAll,
    /// The same of groups.
    #[error("You may not mention groups here. Write it without, or mention some people by name.")]
    MayNotMentionGroups,
    /// No message stands there, or it was deleted.
    #[error("There is no message {0} in this room.")]
    MessageNotFound(Seq),
    /// Nobody changes what somebody else wrote.
    #[error("Only the person who wrote a message can edit it.")]
    NotAuthor,
    /// Only those write in the room who keep order there.
    #[error("Only moderators write in this room.")]
    ReadOnly,
    /// The room asks for a pause between two messages of one person.
    #[error("This room is slow. Write again in {} s.", .retry_after_ms.div_ceil(1000))]
    SlowMode {
        /// Milliseconds until the person may write again.
        retry_after_ms: u64,
    },
    /// Somebody who keeps order in the room has the person be silent there.
    #[error("You may read in this room, but not write at present.")]
    Muted {
        /// Up to when; none for ever.
        until: Option<Millis>,
    },
    /// Somebody who keeps order in the room does not let the person in.
    #[error("You are banned from this room{}.", .reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default())]
    Banned {
        /// Up to when; none for ever.
        until: Option<Millis>,
        /// Why.
        reason: Option<String>,
    },
    /// Somebody who keeps order on the server does not let the person in.
    #[error("You are banned from this server{}.", .reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default())]
    BannedFromServer {
        /// Up to when; none for ever.
        until: Option<Millis>,
        /// Why.
        reason: Option<String>,
    },
    /// The same of somebody who is to be brought in.
    #[error("{name} is banned from this room. Its moderators can end that.")]
    TheyAreBanned {
        /// Who it is.
        name: String,
    },
    /// The room is only there to be read.
    #[error("This room is archived. Its owner can bring it back.")]
    Archived,
    /// The person keeps as many messages for later as one may.
    #[error("You keep {limit} messages for later, the most that are allowed. Let go of one first.")]
    SavedLimit {
        /// Messages at most.
        limit: u32,
    },
    /// As much waits for the person as may.
    #[error("{limit} messages and reminders wait for you, the most that are allowed. Let go of one first.")]
    ScheduleLimit {
        /// Messages and reminders at most.
        limit: u32,
    },
    /// The person has begun as many messages as may be.
    #[error("You have begun {limit} messages, the most that are kept. Send one of them first.")]
    DraftLimit {
        /// Drafts at most.
        limit: u32,
    },
    /// A time breaks the rules; the text says which.
    #[error("{0}")]
    ScheduleInvalid(&'static str),
    /// It has happened, or was never to.
    #[error("There is nothing that waits under this number. It may have happened already.")]
    ScheduledNotFound,
    /// Another device has changed the settings meanwhile.
    #[error("The settings were changed elsewhere. Read them again.")]
    SettingsChanged,
    /// A group's name breaks the rules; the text says which.
    #[error("{0}")]
    GroupInvalid(&'static str),
    /// Nobody made it, or it is ended.
    #[error("There is no group @{}.", .0.as_str())]
    GroupNotFound(GroupName),
    /// The server has as many groups as it may.
    #[error("There are {limit} groups, the most that are allowed. End one first.")]
    GroupLimit {
        /// Groups at most.
        limit: u32,
    },
    /// As many people are in the group as may be.
    #[error("{limit} people are in this group, the most that are allowed.")]
    GroupFull {
        /// People at most.
        limit: u32,
    },
    /// A message without text after trimming.
    #[error("A message needs some text.")]
    MessageEmpty,
    /// A message over the limit. It is refused whole.
    #[error("This message has {length} characters; {limit} are allowed. Shorten it or send it in parts.")]
    MessageTooLong {
        /// Characters (Unicode scalar values) after trimming.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A message has something that no text may have; the sentence says what.
    #[error("{0}")]
    MessageInvalid(&'static str),
    /// Unknown, gone, or not for the person to read: all look the same.
    #[error("There is no such file.")]
    FileNotFound,
    /// A file over the limit.
    #[error("This file is too large. At most {} are allowed.", in_units(*.limit))]
    FileTooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// A file that cannot be shared; the sentence says why.
    #[error("{0}")]
    FileRefused(&'static str),
    /// A part of a file does not belong where it was to go, or another part is on its way.
    #[error("The file ends elsewhere by now. Ask how far it has come, and go on from there.")]
    UploadConflict,
    /// The files of a person are as large together as they may be.
    #[error("Your files would have more than {} together, the most that are allowed. Delete some of them first.", in_units(*.limit))]
    FileQuota {
        /// Bytes allowed.
        limit: u64,
    },
    /// A message with more files than it may have.
    #[error("A message has at most {limit} files. Send the others with another one.")]
    TooManyFiles {
        /// Files allowed.
        limit: u32,
    },
    /// No emoji, or more than one.
    #[error("A reaction is one emoji.")]
    EmojiInvalid,
    /// The name of an emoji of the server breaks the rules, or is another one's; the text says which.
    #[error("{0}")]
    EmojiNameInvalid(&'static str),
    /// The server has no emoji of its own of that name.
    #[error("There is no emoji :{}:.", .0.as_str())]
    EmojiNotFound(EmojiName),
    /// The server has as many emoji of its own as it may.
    #[error("There are {limit} emoji, the most that are allowed. Remove one first.")]
    EmojiLimit {
        /// Emoji at most.
        limit: u32,
    },
    /// People reacted to a message with as many different emoji as they may.
    #[error("This message has {limit} different reactions, the most that are allowed. Choose one of them.")]
    ReactionLimit {
        /// Different emoji at most.
        limit: u32,
    },
    /// As many messages of the room are pinned as may be.
    #[error("{limit} messages are pinned in this room, the most that are allowed. Unpin one first.")]
    PinLimit {
        /// Messages pinned at most.
        limit: u32,
    },
    /// A search breaks the rules; the text says which.
    #[error("{0}")]
    SearchInvalid(&'static str),
    /// A client id breaks the rules.
    #[error("clientId must be 1 to 64 of A-Z a-z 0-9 - _ . :")]
    ClientIdInvalid,
    /// This person used the client id for something else: another room, message or change.
    #[error("This clientId was used for something else. Choose a new one for each message and each change.")]
    ClientIdReused,
    /// Too fast.
    #[error("You are too fast. Try again in {} s.", .retry_after_ms.div_ceil(1000))]
    RateLimited {
        /// Milliseconds until the same command can succeed.
        retry_after_ms: u64,
    },
    /// The write queue is full.
    #[error("The server is busy. Try again in a moment.")]
    Busy,
    /// The storage does not answer or failed; its log has the cause.
    #[error("The server cannot reach its storage. Try again in a moment.")]
    Unavailable,
}

/// A number of bytes as people say it.
fn in_units(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} kB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

impl Refusal {
    /// Whether the same command may be carried out a moment later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Busy | Self::Unavailable)
    }
}
