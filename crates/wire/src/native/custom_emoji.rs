use chinwag_core::ports::ShownEmoji;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// An emoji of the server: `party` as `:party:` in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct EmojiPicture {
    /// What it is called, without the colons.
    pub name: String,
    /// What its picture is called; none when there is no such emoji any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    #[ts(optional)]
    pub picture: Option<String>,
}

impl From<&ShownEmoji> for EmojiPicture {
    fn from(ShownEmoji { name, picture }: &ShownEmoji) -> Self {
        Self { name: name.as_str().to_owned(), picture: picture.map(|id| id.to_string()) }
    }
}
