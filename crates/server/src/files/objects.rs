//! The place of bytes: a folder of this machine, or one that is mounted here, or the bucket of a store that speaks S3. In a folder, what came in is given
//! a second name, so it is not written twice; where the folder knows no second names, `object_store` writes beside the place and renames. Nobody ever reads
//! half of a file.

#[cfg(feature = "s3")]
mod bucket;

use super::incoming::Incoming;
use chinwag_core::domain::{BlobKey, BlobPart};
use chinwag_core::ports::{BlobBytes, BlobError, BlobFuture, Blobs};
use futures_util::{FutureExt as _, StreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path as StorePath;
use object_store::{
    Error, GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload,
};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// Bytes that are brought to their place together: the least that S3 takes as one of several parts.
const PIECE: usize = 5 * 1024 * 1024;

pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    /// The same, where it is a folder.
    folder: Option<Arc<LocalFileSystem>>,
    /// Where bytes are on their way. What is left there of a key goes with it.
    incoming: PathBuf,
}

impl Objects {
    pub(super) fn in_folder(folder: &Path, incoming: PathBuf) -> object_store::Result<Self> {
        let store = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true).with_fsync(true);
        let store = Arc::new(store);
        Ok(Self { store: Arc::clone(&store) as Arc<dyn ObjectStore>, folder: Some(store), incoming })
    }

    /// In a bucket of S3, which the variables of AWS tell how to reach.
    #[cfg(feature = "s3")]
    pub(super) fn in_bucket(name: &str, incoming: PathBuf) -> object_store::Result<Self> {
        Ok(Self { store: bucket::open(name)?, folder: None, incoming })
    }

    #[cfg(not(feature = "s3"))]
    pub(super) fn in_bucket(_: &str, _: PathBuf) -> object_store::Result<Self> {
        Err(Error::NotImplemented {
            operation: "a bucket".into(),
            implementer: "a build without the feature s3".into(),
        })
    }

    /// Whether bytes lie on a disk of this machine, or one that is mounted here.
    pub(super) fn is_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Looks whether the place is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn reach(&self) -> object_store::Result<()> {
        self.store.list(None).next().await.transpose().map(|_| ())
    }
}

impl Blobs for Objects {
    fn keep(&self, key: &BlobKey, part: BlobPart, from: PathBuf) -> BlobFuture<()> {
        let (store, folder, place) = (Arc::clone(&self.store), self.folder.clone(), place(key, part));
        async move {
            if let Some(folder) = folder
                && link(&folder, &place, &from).await.is_ok()
            {
                return Ok(());
            }
            copy(&*store, &place, &from).await
        }
        .boxed()
    }

    fn read(
        &self,
        key: &BlobKey,
        part: BlobPart,
        range: Option<Range<u64>>,
    ) -> BlobFuture<Option<BlobBytes>> {
        let (store, place) = (Arc::clone(&self.store), place(key, part));
        async move {
            let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
            match store.get_opts(&place, options).await {
                Ok(found) => {
                    let total = found.meta.size;
                    let pieces = found.into_stream().map(|piece| piece.map(Vec::from).map_err(told));
                    Ok(Some(BlobBytes { total, pieces: pieces.boxed() }))
                }
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(told(error)),
            }
        }
        .boxed()
    }

    fn remove(&self, key: &BlobKey) -> BlobFuture<()> {
        let (store, key, incoming) = (Arc::clone(&self.store), key.clone(), self.incoming.join(key.as_str()));
        async move {
            // Whoever has it may be about to bring its bytes here: that comes first, and the key stays noted until then.
            let held = Incoming::open(&incoming).await.map_err(told)?;
            for part in BlobPart::ALL {
                match store.delete(&place(&key, part)).await {
                    Ok(()) | Err(Error::NotFound { .. }) => {}
                    Err(error) => return Err(told(error)),
                }
            }
            held.remove().await.map_err(told)
        }
        .boxed()
    }
}

/// Where something is made of the bytes that came in.
pub(super) fn beside(incoming: &Path) -> PathBuf {
    incoming.with_extension("made")
}

/// Where the bytes of a key are: spread over folders, which stay small.
fn place(key: &BlobKey, part: BlobPart) -> StorePath {
    let key = key.as_str();
    let part = match part {
        BlobPart::Whole => "whole",
        BlobPart::Preview => "preview",
        BlobPart::Thumb => "thumb",
    };
    StorePath::from_iter([key.get(..2).unwrap_or("00"), key, part])
}

/// Gives bytes a name at their place, durably. Whoever writes into `from` afterwards would change them.
async fn link(store: &LocalFileSystem, place: &StorePath, from: &Path) -> std::io::Result<()> {
    let to = store.path_to_filesystem(place).map_err(std::io::Error::other)?;
    let from = from.to_owned();
    let linking = move || {
        std::fs::File::open(&from)?.sync_all()?;
        let folder = to.parent().ok_or(std::io::ErrorKind::InvalidFilename)?;
        std::fs::create_dir_all(folder)?;
        match std::fs::hard_link(&from, &to) {
            // A server that ended before it could say so has done it.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                std::fs::remove_file(&to)?;
                std::fs::hard_link(&from, &to)?;
            }
            linked => linked?,
        }
        // The new folders have names in those above.
        for named in folder.ancestors().take(3) {
            std::fs::File::open(named)?.sync_all()?;
        }
        Ok(())
    };
    tokio::task::spawn_blocking(linking).await.map_err(std::io::Error::other)?
}

async fn copy(store: &dyn ObjectStore, place: &StorePath, from: &Path) -> Result<(), BlobError> {
    let mut file = File::open(from).await.map_err(told)?;
    let length = file.metadata().await.map_err(told)?.len();
    if length <= PIECE as u64 {
        let whole = piece(&mut file).await?;
        return store.put(place, PutPayload::from(whole)).await.map_err(told).map(|_| ());
    }
    let mut upload =
        store.put_multipart_opts(place, object_store::PutMultipartOptions::default()).await.map_err(told)?;
    let copied = copy_parts(&mut *upload, &mut file).await;
    if copied.is_err() {
        let _ = upload.abort().await;
    }
    copied
}

async fn copy_parts(upload: &mut dyn MultipartUpload, file: &mut File) -> Result<(), BlobError> {
    loop {
        let piece = piece(file).await?;
        if piece.is_empty() {
            return upload.complete().await.map_err(told).map(|_| ());
        }
        upload.put_part(PutPayload::from(piece)).await.map_err(told)?;
    }
}

async fn piece(file: &mut File) -> Result<Vec<u8>, BlobError> {
    let mut piece = Vec::new();
    file.take(PIECE as u64).read_to_end(&mut piece).await.map_err(told)?;
    Ok(piece)
}

fn told(error: impl std::fmt::Display) -> BlobError {
    BlobError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{read_dir, write};

    #[tokio::test]
    async fn what_is_removed_leaves_nothing_behind() {
        let root = tempfile::tempdir().unwrap();
        let (blobs, incoming) = (root.path().join("blobs"), root.path().join("incoming"));
        for folder in [&blobs, &incoming] {
            std::fs::create_dir(folder).unwrap();
        }
        let folder = Objects::in_folder(&blobs, incoming.clone()).unwrap();
        let (key, from) = (BlobKey::new([7; 16]), incoming.join(BlobKey::new([7; 16]).as_str()));
        write(&from, vec![b'x'; PIECE + 5]).unwrap();
        for part in BlobPart::ALL {
            folder.keep(&key, part, from.clone()).await.unwrap();
        }
        let found = folder.read(&key, BlobPart::Whole, Some(3..PIECE as u64 + 2)).await.unwrap().unwrap();
        assert_eq!(found.total, PIECE as u64 + 5);
        let lengths = found.pieces.map(|piece| piece.unwrap().len()).collect::<Vec<_>>().await;
        assert_eq!(lengths.iter().sum::<usize>(), PIECE - 1);
        assert!(read_dir(&blobs).unwrap().next().is_some());

        for _ in 0..2 {
            let held = Incoming::open(&from).await.unwrap();
            assert!(folder.remove(&key).await.is_err(), "somebody has it");
            drop(held);
            folder.remove(&key).await.unwrap();
        }
        assert!(read_dir(&blobs).unwrap().next().is_none());
        assert!(read_dir(&incoming).unwrap().next().is_none());
        assert!(folder.read(&key, BlobPart::Whole, None).await.unwrap().is_none());
    }
}
