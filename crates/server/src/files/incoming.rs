//! Bytes on their way to the disk.

use super::unavailable;
use axum::body::Body;
use chinwag_core::domain::Refusal;
use futures_util::StreamExt as _;
use std::path::Path;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufWriter};
use tokio::time::timeout;

/// How long the next piece may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that wait for the disk together.
const GATHERED: usize = 128 * 1024;

/// Writes a body into a new file of this machine, durably. Answers how many bytes it had.
///
/// # Errors
/// [`Refusal::FileTooLarge`] above `limit`, [`Refusal::FileRefused`] for a body that ends too soon or is empty, [`Refusal::Unavailable`].
pub(super) async fn receive(body: Body, path: &Path, limit: u64) -> Result<u64, Refusal> {
    const BROKEN: Refusal = Refusal::FileRefused("The file did not arrive whole. Send it again.");
    let file = File::create(path).await.map_err(|error| unavailable(&error))?;
    let mut file = BufWriter::with_capacity(GATHERED, file);
    let mut pieces = body.into_data_stream();
    let mut bytes = 0_u64;
    loop {
        let piece = match timeout(PATIENCE, pieces.next()).await {
            Ok(Some(Ok(piece))) => piece,
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => return Err(BROKEN),
        };
        bytes = bytes.saturating_add(piece.len() as u64);
        if bytes > limit {
            return Err(Refusal::FileTooLarge { limit });
        }
        file.write_all(&piece).await.map_err(|error| unavailable(&error))?;
    }
    if bytes == 0 {
        return Err(Refusal::FileRefused("This file is empty."));
    }
    file.flush().await.map_err(|error| unavailable(&error))?;
    file.get_ref().sync_all().await.map_err(|error| unavailable(&error))?;
    Ok(bytes)
}
