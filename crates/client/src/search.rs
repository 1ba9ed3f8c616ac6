use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::unexpected;
use chinwag_wire::native::{ClientFrame, Found, Search, ServerFrame};

impl Client {
    /// A page of the messages that one looks for, in one room or in all that one may read: `query` is what one types into a search, `before`
    /// the `next` of the page before.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn search(
        &self,
        query: &str,
        room: Option<i64>,
        before: Option<String>,
    ) -> Result<Found, RequestError> {
        let q = query.to_owned();
        let make =
            |reference| ClientFrame::Search(Search { reference, q, room, from: None, before, limit: None });
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Found { found, .. } = frame else { return unexpected(&frame) };
        Ok(found)
    }
}
