//! Files that people share: what names one, and what everybody is told of it.

mod file_name;

pub use file_name::FileName;

use super::{Millis, RoomId, Seq, UserId};
use std::fmt::{Display, Formatter};

/// How long a file waits for the message that it belongs to, in milliseconds: a day.
pub const UNSENT_MS: i64 = 24 * 60 * 60 * 1000;

/// Names a file. It is random, so that nobody finds one by guessing; it is no right to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u128);

/// Names the bytes of a file where they are kept. Nobody is told it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey(String);

/// Which bytes of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlobPart {
    /// The file itself; a picture as it was encoded anew.
    Whole,
    /// A picture as it is looked at on a screen.
    Preview,
    /// A picture as it stands among messages.
    Thumb,
}

/// A file as everybody is told of it who reads its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name for programs.
    pub id: FileId,
    /// Its name for people.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// How long it is.
    pub bytes: u64,
    /// What is known of a picture that was encoded anew.
    pub picture: Option<Picture>,
}

/// How a picture is laid out before it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The colour of its place, such as `#20a0c0`.
    pub color: String,
}

/// A file of a room, with the message that it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomFile {
    /// The file.
    pub file: Attachment,
    /// The place of the message.
    pub seq: Seq,
    /// When that was sent.
    pub at: Millis,
    /// Who sent it, and how that person is called now.
    pub author: (UserId, String),
}

/// A page of them, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomFilesPage {
    /// Those of some messages, all of each.
    pub files: Vec<RoomFile>,
    /// Before which place the next page begins, when there is one.
    pub next: Option<Seq>,
}

/// A file that somebody may read, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// What everybody is told of it.
    pub file: Attachment,
    /// Where its bytes are.
    pub key: BlobKey,
    /// What the smaller ones of a picture beside it are, if there are any.
    pub scaled: Option<String>,
    /// In which room it was shared.
    pub room: RoomId,
}

/// A file that was begun and whose bytes are to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// Its name for programs.
    pub id: FileId,
    /// Where its bytes belong.
    pub key: BlobKey,
    /// The most bytes that it may have.
    pub limit: u64,
    /// Up to when it waits for them.
    pub until: Millis,
}

impl FileId {
    /// The name that these random bits are.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(random))
    }

    /// Reads a name. There is one way to write each.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self(u128::from_str_radix(text, 16).ok()?);
        (id.to_string() == text).then_some(id)
    }
}

impl Display for FileId {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl BlobKey {
    /// The key that these random bits are.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// The key that stands in a storage.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The key as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl BlobPart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Preview, Self::Thumb];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name() {
        let id = FileId::new([7; 16]);
        assert_eq!(FileId::parse(&id.to_string()), Some(id));
        for wrong in ["", "7", "+0707070707070707070707070707070", &id.to_string().to_uppercase(), "../x"] {
            assert!(
                FileId::parse(wrong).is_none_or(|other| other != id || wrong == id.to_string()),
                "{wrong}"
            );
        }
        assert_eq!(FileId::parse("0A000000000000000000000000000000"), None);
        assert_eq!(FileId::parse("+a000000000000000000000000000000"), None);
    }
}
