use crate::domain::{BlobKey, BlobPart};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use std::ops::Range;
use std::path::PathBuf;

/// Bytes that are not where they should be, or cannot be brought there. The cause is told to the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BlobError(pub String);

/// What becomes of bytes.
pub type BlobFuture<T> = BoxFuture<'static, Result<T, BlobError>>;

/// Where the bytes of files are: a folder, or a store that all nodes reach. It knows nothing of rooms and people; whoever asks it has asked
/// the [storage](super::Files) before.
pub trait Blobs: Send + Sync {
    /// Keeps what stands in a file of this machine, durably, in place of what is kept there already.
    fn keep(&self, key: &BlobKey, part: BlobPart, from: PathBuf) -> BlobFuture<()>;

    /// Reads some bytes, piece by piece, and says how many there are in all. None when they are not there.
    fn read(&self, key: &BlobKey, part: BlobPart, range: Option<Range<u64>>)
    -> BlobFuture<Option<BlobBytes>>;

    /// Leaves nothing of a key. It is harmless when nothing is there.
    fn remove(&self, key: &BlobKey) -> BlobFuture<()>;
}

/// Bytes on their way.
pub struct BlobBytes {
    /// How many are kept in all.
    pub total: u64,
    /// Those that were asked for, in pieces.
    pub pieces: BoxStream<'static, Result<Vec<u8>, BlobError>>,
}
