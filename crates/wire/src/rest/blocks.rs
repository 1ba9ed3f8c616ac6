//! Whom somebody does not want to hear.

use crate::native::Person;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The answer of `GET /api/blocks`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct BlockedPeople {
    /// The last first, under their names at present.
    pub people: Vec<Person>,
}
