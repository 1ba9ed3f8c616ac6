use crate::native::KeptDraft;
use chinwag_core::domain;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The answer of `GET /api/drafts`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Drafts {
    /// The last one first.
    pub drafts: Vec<KeptDraft>,
}

impl From<Vec<domain::KeptDraft>> for Drafts {
    fn from(drafts: Vec<domain::KeptDraft>) -> Self {
        Self { drafts: drafts.iter().map(KeptDraft::from).collect() }
    }
}
