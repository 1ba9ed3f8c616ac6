//! Messages that are looked for.

use super::decode::{bad, refused};
use super::frame::frame;
use super::{LogEvent, ProtocolError};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, RoomEvent, RoomId, SearchQuery, SearchWish, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Messages of a page when the client does not say.
const DEFAULT_HITS: u32 = 20;

frame!(
    /// Look for messages.
    Search {
        /// Words, "what stands together", and `from:`, `in:`, `before:`, `after:`, `has:link`; at most 200 characters.
        q: String,
        /// Only in this room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        room: Option<i64>,
        /// Only what this person wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        from: Option<i64>,
        /// The `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        before: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);

/// A page of the messages that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The messages as they are now, the newest first.
    pub hits: Vec<LogEvent>,
    /// Hand it in as `before` for the next page, when there may be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub next: Option<String>,
    /// The time of the last message that was looked at, when the search took too long to fill the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub searched_to: Option<i64>,
    /// Only messages from before this time are sure to be found, while newer ones are being brought into the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub indexed_to: Option<i64>,
}

impl Search {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        Ok(ClientCommand::Search(Box::new(self.wish()?)))
    }

    /// What is looked for.
    ///
    /// # Errors
    /// When it is too long or empty, or `before` is no place in what was found.
    pub(crate) fn wish(self) -> Result<SearchWish, ProtocolError> {
        let Self { reference: _, q, room, from, before, limit } = self;
        Ok(SearchWish {
            query: SearchQuery::parse(&q).map_err(refused)?,
            room: room.map(RoomId),
            from: from.map(UserId),
            before: before.map(|before| before.parse().map_err(|()| not_a_page(&before))).transpose()?,
            limit: limit.unwrap_or(DEFAULT_HITS),
        })
    }
}

fn not_a_page(before: &str) -> ProtocolError {
    let shown: String = before.chars().take(40).collect();
    bad(format!("before is the next of the page before, and {shown:?} is none."))
}

impl From<domain::Found> for Found {
    fn from(found: domain::Found) -> Self {
        Self {
            hits: LogEvent::list(found.hits.into_iter().map(RoomEvent::from)),
            next: found.next.map(|next| next.to_string()),
            searched_to: found.searched_to.map(|at| at.0),
            indexed_to: found.indexed_to.map(|at| at.0),
        }
    }
}
