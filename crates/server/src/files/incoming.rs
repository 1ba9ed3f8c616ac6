//! Bytes on their way to the disk.

use super::objects::beside;
use super::unavailable;
use axum::body::Body;
use chinwag_core::domain::Refusal;
use futures_util::StreamExt as _;
use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufWriter};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

/// How long the next piece may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that are written together.
const GATHERED: usize = 128 * 1024;
/// Bytes that go to the disk together. More of them would keep it busy for longer than a message may wait.
const STRETCH: usize = 1024 * 1024;
/// How long the disk is left to others at most.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);
const BROKEN: Refusal = Refusal::FileRefused("The file did not arrive whole. Send it again.");

/// A file of this machine whose bytes come in. As long as somebody has it, nobody else adds to it, makes something of it or removes it, on whatever
/// node. The lock ends with the process.
pub(crate) struct Incoming {
    file: File,
    path: PathBuf,
    /// Whose turn it is to go to the disk; nobody waits where there is none.
    turns: Option<Arc<Semaphore>>,
}

impl Incoming {
    /// Takes the file, and makes it when it is not there.
    ///
    /// # Errors
    /// [`Refusal::UploadConflict`] while somebody else has it.
    pub(crate) async fn open(path: &Path) -> Result<Self, Refusal> {
        let opening = {
            let path = path.to_owned();
            move || {
                let file = std::fs::File::options().append(true).create(true).open(path);
                let file = file.map_err(|error| unavailable(&error))?;
                match file.try_lock() {
                    Ok(()) => Ok(file),
                    Err(TryLockError::WouldBlock) => Err(Refusal::UploadConflict),
                    Err(TryLockError::Error(error)) => Err(unavailable(&error)),
                }
            }
        };
        let opened = tokio::task::spawn_blocking(opening).await.map_err(|error| unavailable(&error))?;
        Ok(Self { file: File::from_std(opened?), path: path.to_owned(), turns: None })
    }

    /// The same, whose bytes go to the disk when it is their turn.
    pub(super) fn in_turns(self, turns: Arc<Semaphore>) -> Self {
        Self { turns: Some(turns), ..self }
    }

    /// Where the bytes are.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Has the bytes go. Whoever comes later finds nothing, and begins with nothing.
    ///
    /// # Errors
    /// What the disk says.
    pub(crate) async fn remove(self) -> std::io::Result<()> {
        for left in [beside(&self.path), self.path] {
            match tokio::fs::remove_file(left).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// How many bytes are there.
    pub(crate) async fn length(&self) -> Result<u64, Refusal> {
        Ok(self.file.metadata().await.map_err(|error| unavailable(&error))?.len())
    }

    /// Puts a body behind what is there, durably, as far as it comes. Answers how many bytes are there then.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`] above `limit`, of which nothing is kept that was above it; [`Refusal::FileRefused`] for a body that ends too soon;
    /// [`Refusal::Unavailable`].
    pub(crate) async fn append(&mut self, body: Body, limit: u64) -> Result<u64, Refusal> {
        let mut length = self.length().await?;
        let turns = self.turns.clone();
        let mut file = BufWriter::with_capacity(GATHERED, &mut self.file);
        let mut unsynced = 0;
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
            unsynced += piece.len();
            if unsynced >= STRETCH {
                unsynced = 0;
                sync(&mut file, turns.as_deref()).await.map_err(|error| unavailable(&error))?;
            }
        };
        sync(&mut file, turns.as_deref()).await.map_err(|error| unavailable(&error))?;
        ended.map(|()| length)
    }
}

/// Brings to the disk what was written, when it is the turn of this file.
async fn sync(file: &mut BufWriter<&mut File>, turns: Option<&Semaphore>) -> std::io::Result<()> {
    file.flush().await?;
    let _turn = match turns {
        Some(turns) => Some(turns.acquire().await.map_err(std::io::Error::other)?),
        None => None,
    };
    let begin = Instant::now();
    file.get_ref().sync_all().await?;
    // As long again the disk and the processor are for others. A network is slower than that.
    if turns.is_some() {
        sleep(begin.elapsed().min(LONGEST_PAUSE)).await;
    }
    Ok(())
}
