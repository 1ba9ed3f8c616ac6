//! Emoji that the server has of its own.

use crate::native::EmojiPicture;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The answer of `GET /api/emoji`. A picture is read at `files/emoji/{picture}`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct CustomEmoji {
    /// All of them, by their names.
    pub emoji: Vec<EmojiPicture>,
}

/// The answer to an emoji that was given.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct NewEmoji {
    /// What its picture is called.
    pub picture: String,
}

impl FromIterator<chinwag_core::domain::CustomEmoji> for CustomEmoji {
    fn from_iter<I: IntoIterator<Item = chinwag_core::domain::CustomEmoji>>(emoji: I) -> Self {
        let told = |chinwag_core::domain::CustomEmoji { name, picture }| EmojiPicture {
            name: name.as_str().to_owned(),
            picture: Some(picture.to_string()),
        };
        Self { emoji: emoji.into_iter().map(told).collect() }
    }
}
