//! People who talk: a server on a free port with a database of its own, and actors with verbs.
//!
//! Nothing here waits for a fixed time. A test waits until what it expects is there; [`within`] is how long it hopes.

mod actor;
mod child;
mod database;
mod folded;
mod http;
mod names;
mod proxy;
mod raw;
mod seed;
mod server;
mod view;

pub(crate) use actor::Actor;
pub(crate) use child::{Child, Ended};
pub(crate) use database::{Database, Stored};
pub(crate) use folded::{Folded, fold, people};
pub(crate) use http::{Answer, request, request_as_written, request_of_bytes, until_ready};
pub(crate) use names::{FIRST_OWN, GENERAL};
pub(crate) use proxy::{Cut, Proxy};
pub(crate) use raw::{Frame, RawSocket, masked};
pub(crate) use seed::Seed;
pub(crate) use server::Server;
pub(crate) use view::{View, texts};

use chinwag_client::RequestError;
use std::time::Duration;
use tokio::time::timeout;

/// Far more than anything takes, on a busy machine, too.
const DEADLINE: Duration = Duration::from_secs(60);

/// What `future` resolves to, or the end of the test.
pub(crate) async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// Asks again when the connection is lost before the reply. For what can be asked twice.
pub(crate) async fn again<T>(ask: impl AsyncFn() -> Result<T, RequestError>) -> Result<T, RequestError> {
    within("a reply", async {
        loop {
            match ask().await {
                Err(RequestError::Lost) => {}
                result => return result,
            }
        }
    })
    .await
}

/// A server, and two people who are in `general`.
pub(crate) async fn conversation() -> (Server, Actor, Actor) {
    let server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    (server, alice, bob)
}
