//! Pictures of people, of rooms and of the whole server. A changed one has another name, so whoever knows the name has the picture for ever.

use super::{BlobKey, FileId, RoomId, UserId};

/// Whose picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AvatarOwner {
    /// Of a person, or of a program with an account.
    Person(UserId),
    /// Of a room with a title.
    Room(RoomId),
    /// Of the whole server.
    Server,
}

/// A picture that is shown, and where its bytes are: a whole one, and a [thumb](super::BlobPart::Thumb).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAvatar {
    /// Where its bytes are.
    pub key: BlobKey,
    /// What they are.
    pub media_type: String,
}

/// Whose pictures somebody wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AvatarQuery {
    /// Of these people.
    pub people: Vec<UserId>,
    /// Of these rooms.
    pub rooms: Vec<RoomId>,
}

/// What the pictures are called of those who have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Avatars {
    /// Of people, by their numbers.
    pub people: Vec<(UserId, FileId)>,
    /// Of rooms, by their numbers.
    pub rooms: Vec<(RoomId, FileId)>,
    /// Of the server.
    pub server: Option<FileId>,
}
