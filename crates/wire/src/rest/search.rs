//! Messages that are looked for.

use crate::native::{self, ProtocolError};
use chinwag_core::domain::SearchWish;
use serde::Deserialize;
use utoipa::IntoParams;

/// The query of `GET /api/search`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words, `"what stands together"`, and `from:`, `in:`, `before:`, `after:`, `has:link`; at most 200 characters.
    pub q: String,
    /// Only in the room with this number.
    pub room: Option<i64>,
    /// Only what the person with this number wrote.
    pub from: Option<i64>,
    /// The `next` of the page before.
    pub before: Option<String>,
    /// Messages of a page; more than 50 is served as 50.
    #[param(default = 20)]
    pub limit: Option<u32>,
}

impl SearchQuery {
    /// What is looked for.
    ///
    /// # Errors
    /// When it is too long or empty, or `before` is no place in what was found.
    pub fn wish(self) -> Result<SearchWish, ProtocolError> {
        let Self { q, room, from, before, limit } = self;
        native::Search { reference: None, q, room, from, before, limit }.wish()
    }
}
