//! Bytes on their way to the disk.

use super::unavailable;
use axum::body::Body;
use chinwag_core::domain::Refusal;
use futures_util::StreamExt as _;
use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufWriter};
use tokio::time::timeout;

/// How long the next piece may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that wait for the disk together.
const GATHERED: usize = 128 * 1024;
const BROKEN: Refusal = Refusal::FileRefused("The file did not arrive whole. Send it again.");

/// A file of this machine whose bytes come in, which nobody else touches meanwhile, on whatever node.
pub(super) struct Incoming(File);

impl Incoming {
    /// Takes the file, and makes it when it is not there.
    ///
    /// # Errors
    /// [`Refusal::UploadConflict`] while somebody else has it.
    pub(super) async fn open(path: &Path) -> Result<Self, Refusal> {
        let path: PathBuf = path.to_owned();
        let opening = move || {
            let file = std::fs::File::options().append(true).create(true).open(path);
            let file = file.map_err(|error| unavailable(&error))?;
            match file.try_lock() {
                Ok(()) => Ok(file),
                Err(TryLockError::WouldBlock) => Err(Refusal::UploadConflict),
                Err(TryLockError::Error(error)) => Err(unavailable(&error)),
            }
        };
        let opened = tokio::task::spawn_blocking(opening).await.map_err(|error| unavailable(&error))?;
        Ok(Self(File::from_std(opened?)))
    }

    /// How many bytes are there.
    pub(super) async fn length(&self) -> Result<u64, Refusal> {
        Ok(self.0.metadata().await.map_err(|error| unavailable(&error))?.len())
    }

    /// Puts a body behind what is there, durably, as far as it comes. Answers how many bytes are there then.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`] above `limit`, of which nothing is kept that was above it; [`Refusal::FileRefused`] for a body that ends too soon;
    /// [`Refusal::Unavailable`].
    pub(super) async fn append(self, body: Body, limit: u64) -> Result<u64, Refusal> {
        let mut length = self.length().await?;
        let mut file = BufWriter::with_capacity(GATHERED, self.0);
        let mut pieces = body.into_data_stream();
        let ended = loop {
            let piece = match timeout(PATIENCE, pieces.next()).await {
                Ok(Some(Ok(piece))) => piece,
                Ok(None) => break Ok(()),
                Ok(Some(Err(_))) | Err(_) => break Err(BROKEN),
            };
            if length.saturating_add(piece.len() as u64) > limit {
                break Err(Refusal::FileTooLarge { limit });
            }
            length += piece.len() as u64;
            file.write_all(&piece).await.map_err(|error| unavailable(&error))?;
        };
        file.flush().await.map_err(|error| unavailable(&error))?;
        file.get_ref().sync_all().await.map_err(|error| unavailable(&error))?;
        ended.map(|()| length)
    }
}
