//! Pictures of people, of rooms and of the server, and of its emoji.

use super::incoming::Incoming;
use super::{FileStore, kind, picture, unavailable};
use chinwag_core::domain::{BlobPart, OpenFile, Refusal};

impl FileStore {
    /// Makes a square picture and a small one of what came in, and brings them to their place. Answers what both are. What came in stays until it
    /// is [removed](Incoming::remove).
    ///
    /// # Errors
    /// [`Refusal::FileRefused`] for what is no picture, and [`Refusal::Unavailable`] when the disk gives up.
    pub(crate) async fn make_avatar(&self, file: &OpenFile, incoming: &Incoming) -> Result<String, Refusal> {
        let path = incoming.path().to_owned();
        let media_type = kind::of_file(&path).await.map_err(|error| unavailable(&error))?;
        let (whole, thumb, kind) =
            self.one_at_a_time(&path, move |bytes| picture::square(bytes, &media_type)).await?;
        self.keep_parts(file, vec![(BlobPart::Whole, whole), (BlobPart::Thumb, thumb)]).await?;
        Ok(kind.to_owned())
    }

    /// Makes the picture of an emoji of what came in, and brings it to its place. Answers what it is. What came in stays, as above.
    ///
    /// # Errors
    /// Those of [`make_avatar`](Self::make_avatar).
    pub(crate) async fn make_emoji(&self, file: &OpenFile, incoming: &Incoming) -> Result<String, Refusal> {
        let path = incoming.path().to_owned();
        let media_type = kind::of_file(&path).await.map_err(|error| unavailable(&error))?;
        let (whole, kind) =
            self.one_at_a_time(&path, move |bytes| picture::emoji(bytes, &media_type)).await?;
        self.keep_parts(file, vec![(BlobPart::Whole, whole)]).await?;
        Ok(kind.to_owned())
    }
}
