use super::{
    Accounts, Activities, Administration, AvatarStore, Blocks, Drafts, EmojiStore, Files, Identities,
    Invites, Members, Messages, Oversight, PersonalSettings, Pins, Providers, Pushing, Reactions, Recovery,
    RoomLog, Rooms, SavedMessages, Schedule, Searching, Sessions, SignIns, SigningKeys, StoreFuture, Threads,
    UserGroups,
};

/// The storage as a whole.
pub trait Store:
    Sessions
    + Accounts
    + SignIns
    + SigningKeys
    + Identities
    + Providers
    + Invites
    + Rooms
    + Members
    + Messages
    + Reactions
    + Pins
    + Files
    + AvatarStore
    + EmojiStore
    + Threads
    + SavedMessages
    + Schedule
    + Activities
    + Drafts
    + PersonalSettings
    + Pushing
    + Administration
    + Blocks
    + Oversight
    + UserGroups
    + Searching
    + RoomLog
    + Recovery
{
    /// Names the history that this storage holds. After a restore from an older copy it is another one: what clients have of the epoch
    /// before may not be so any more, though the places in the logs look alike.
    fn epoch(&self) -> &str;

    /// Whether the storage answers, by really asking it, and takes writes, as far as the last ones tell.
    fn ready(&self) -> StoreFuture<()>;
}
