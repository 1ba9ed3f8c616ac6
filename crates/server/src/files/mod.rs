//! Files that people share: where their bytes are, and what is found out of them before anybody reads them.

mod avatar;
mod incoming;
mod kind;
mod objects;
mod picture;

pub(crate) use incoming::Incoming;
pub(crate) use kind::is_shown;

use crate::config::{Config, Storage};
use anyhow::Context as _;
use chinwag_core::domain::{BlobPart, OpenFile, Refusal};
use chinwag_core::ports::{Blobs, MadeFile};
use objects::Objects;
use picture::MadePicture;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Where the bytes of files are, and where those are that are still on their way.
pub(crate) struct FileStore {
    blobs: Arc<Objects>,
    /// Bytes on their way: a file for each, under its key.
    incoming: PathBuf,
    /// Pictures are made one at a time: each may take much memory.
    pictures: Arc<Semaphore>,
    /// One file at a time goes to the disk. Messages are synced there, too, and wait for whatever is on its way.
    turns: Arc<Semaphore>,
    /// Bytes of a picture that was encoded anew, at most.
    most: u64,
    /// Gone with the server, where nothing is to stay.
    forgotten: Option<PathBuf>,
}

impl FileStore {
    /// Opens the folder of the configuration, and makes it when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub(crate) fn open(config: &Config) -> anyhow::Result<Self> {
        let (folder, forgotten) = place(config);
        let (blobs, incoming, bucket) = (folder.join("blobs"), folder.join("incoming"), &config.files_bucket);
        let in_folder = bucket.is_empty();
        for needed in [Some(&incoming), in_folder.then_some(&blobs)].into_iter().flatten() {
            let made = make(needed);
            made.with_context(|| format!("cannot make the folder of shared files {}", needed.display()))?;
        }
        let blobs = if in_folder {
            Objects::in_folder(&blobs, incoming.clone())
                .with_context(|| format!("cannot use the folder of shared files {}", folder.display()))?
        } else {
            Objects::in_bucket(bucket, incoming.clone())
                .with_context(|| format!("cannot use the bucket {bucket} for shared files"))?
        };
        let (pictures, turns) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        Ok(Self { blobs: Arc::new(blobs), incoming, pictures, turns, most: config.file_bytes, forgotten })
    }

    /// Looks whether the place of the files can be reached.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub(crate) async fn reach(&self) -> anyhow::Result<()> {
        self.blobs.reach().await.context(
            "cannot read the place of the files that people share. Of a bucket, see to it that it is there, and that AWS_ENDPOINT_URL, AWS_REGION, \
             AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY lead to it",
        )
    }

    /// Where the bytes are.
    pub(crate) fn blobs(&self) -> &dyn Blobs {
        &*self.blobs
    }

    /// Takes a file whose bytes come in, so that nobody else does. Whether the file still waits for bytes is to be asked for once more then: whoever
    /// had it before may have finished it.
    ///
    /// # Errors
    /// [`Refusal::UploadConflict`] while somebody else has it, [`Refusal::Unavailable`].
    pub(crate) async fn hold(&self, file: &OpenFile) -> Result<Incoming, Refusal> {
        Ok(Incoming::open(&self.path(file)).await?.in_turns(Arc::clone(&self.turns)))
    }

    /// How many bytes of a file are there that comes in parts.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub(crate) async fn offset(&self, file: &OpenFile) -> Result<u64, Refusal> {
        match tokio::fs::metadata(self.path(file)).await {
            Ok(there) => Ok(there.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Finds out what a file is whose bytes are all there, and brings them to their place. What came in stays until it is
    /// [removed](Incoming::remove), which is right when it is stored what the file is.
    ///
    /// # Errors
    /// [`Refusal::FileRefused`] for what cannot be shared, and [`Refusal::Unavailable`] when the disk gives up.
    pub(crate) async fn make(&self, file: &OpenFile, incoming: &Incoming) -> Result<MadeFile, Refusal> {
        let (path, bytes) = (incoming.path().to_owned(), incoming.length().await?);
        if bytes == 0 {
            return Err(Refusal::FileRefused("This file is empty."));
        }
        let media_type = kind::of_file(&path).await.map_err(|error| unavailable(&error))?;
        if let Some(made) = self.picture(&path, &media_type).await? {
            return self.keep_picture(file, media_type, made).await;
        }
        self.keep_bytes(file, BlobPart::Whole, path).await?;
        Ok(MadeFile { media_type, bytes, picture: None, scaled: None })
    }

    /// Where the bytes of a file are while they come in.
    fn path(&self, file: &OpenFile) -> PathBuf {
        self.incoming.join(file.key.as_str())
    }

    /// Makes what is kept of a picture, if it is one.
    async fn picture(&self, path: &Path, media_type: &str) -> Result<Option<MadePicture>, Refusal> {
        if !media_type.starts_with("image/") {
            return Ok(None);
        }
        let media_type = media_type.to_owned();
        self.one_at_a_time(path, move |bytes| picture::make(bytes, &media_type)).await
    }

    /// Makes something of a picture when no other one is being made.
    async fn one_at_a_time<T: Send + 'static>(
        &self,
        path: &Path,
        make: impl FnOnce(&[u8]) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = Arc::clone(&self.pictures).acquire_owned().await.map_err(|error| unavailable(&error))?;
        let path = path.to_owned();
        let making = move || {
            let _turn = turn;
            let bytes = std::fs::read(path).map_err(|error| unavailable(&error))?;
            make(&bytes)
        };
        tokio::task::spawn_blocking(making).await.map_err(|error| unavailable(&error))?
    }

    async fn keep_picture(
        &self,
        file: &OpenFile,
        media_type: String,
        MadePicture { whole, scaled, picture }: MadePicture,
    ) -> Result<MadeFile, Refusal> {
        let bytes = whole.len() as u64;
        if bytes > self.most {
            return Err(Refusal::FileRefused(
                "Without what is hidden in it, this picture is larger than a file may be. Make it smaller, and send that.",
            ));
        }
        let mut parts = vec![(BlobPart::Whole, whole)];
        let scaled = scaled.map(|(preview, thumb, kind)| {
            parts.extend([(BlobPart::Preview, preview), (BlobPart::Thumb, thumb)]);
            kind.to_owned()
        });
        self.keep_parts(file, parts).await?;
        Ok(MadeFile { media_type, bytes, picture: Some(picture), scaled })
    }

    /// Brings bytes to their place; in a folder when it is their turn.
    async fn keep_bytes(&self, file: &OpenFile, part: BlobPart, from: PathBuf) -> Result<(), Refusal> {
        let _turn = match self.blobs.is_folder() {
            true => Some(self.turns.acquire().await.map_err(|error| unavailable(&error))?),
            false => None,
        };
        self.blobs.keep(&file.key, part, from).await.map_err(|error| unavailable(&error))
    }

    async fn keep_parts(&self, file: &OpenFile, parts: Vec<(BlobPart, Vec<u8>)>) -> Result<(), Refusal> {
        // Beside what came in, which is there until all is made of it.
        let path = objects::beside(&self.path(file));
        for (part, content) in parts {
            // What is there may be what was kept, by another name.
            match tokio::fs::remove_file(&path).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(unavailable(&error));
                }
                Ok(()) | Err(_) => {}
            }
            tokio::fs::write(&path, content).await.map_err(|error| unavailable(&error))?;
            self.keep_bytes(file, part, path.clone()).await?;
        }
        let _ = tokio::fs::remove_file(path).await;
        Ok(())
    }
}

impl Drop for FileStore {
    fn drop(&mut self) {
        if let Some(folder) = &self.forgotten {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// The folder, and the same again if nothing is to stay in it.
fn place(config: &Config) -> (PathBuf, Option<PathBuf>) {
    match config.storage {
        Storage::Memory if config.files.as_os_str().is_empty() => {
            let name = format!("chinwag-{}-{:016x}", std::process::id(), rand::random::<u64>());
            let folder = std::env::temp_dir().join(name);
            (folder.clone(), Some(folder))
        }
        Storage::Memory | Storage::File if config.files.as_os_str().is_empty() => {
            (config.data.join("files"), None)
        }
        Storage::Memory | Storage::File => (config.files.clone(), None),
    }
}

/// Nobody else on the machine reads what people share.
fn make(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Tells the operator what is wrong, and the person that it is not the person's fault.
fn unavailable(error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(%error, "the folder of shared files cannot be used");
    Refusal::Unavailable
}
