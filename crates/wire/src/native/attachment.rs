//! Files that come with messages.

use super::ProtocolError;
use super::decode::refused;
use chinwag_core::domain::{self, FileId, Picture, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// A file, as everybody is told of it who reads its message. Its bytes are at `/files/{id}/{name}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Attachment {
    pub id: String,
    pub name: String,
    /// What it is, by its content and not by its name.
    #[serde(rename = "type")]
    pub media_type: String,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Pixels of a picture, which was encoded anew and may be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub height: Option<u32>,
    /// The colour of a picture's place until it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub color: Option<String>,
}

impl Attachment {
    pub(crate) fn all(files: &[domain::Attachment]) -> Vec<Self> {
        files.iter().map(Self::from).collect()
    }

    /// The file that it tells of; none when its name is none.
    pub(crate) fn read(self) -> Option<domain::Attachment> {
        let Self { id, name, media_type, bytes, width, height, color } = self;
        let picture = width.zip(height);
        let picture =
            picture.map(|(width, height)| Picture { width, height, color: color.unwrap_or_default() });
        Some(domain::Attachment { id: FileId::parse(&id)?, name, media_type, bytes, picture })
    }
}

impl From<&domain::Attachment> for Attachment {
    fn from(file: &domain::Attachment) -> Self {
        let domain::Attachment { id, name, media_type, bytes, picture } = file;
        let (width, height) = (picture.as_ref().map(|it| it.width), picture.as_ref().map(|it| it.height));
        Self {
            id: id.to_string(),
            name: name.clone(),
            media_type: media_type.clone(),
            bytes: *bytes,
            width,
            height,
            color: picture.as_ref().map(|it| it.color.clone()),
        }
    }
}

/// The files that a client names. What is no name of a file names none that there is.
pub(crate) fn files(ids: &[String]) -> Result<Box<[FileId]>, ProtocolError> {
    ids.iter().map(|id| FileId::parse(id).ok_or_else(|| refused(Refusal::FileNotFound))).collect()
}
