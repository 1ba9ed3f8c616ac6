//! No ghosts: a connection that is dead without a word is noticed.

use crate::support::{Proxy, Server};
use chinwag_client::protocol::PresenceState;
use std::time::Instant;

#[tokio::test]
async fn a_half_open_connection_is_gone_within_its_time() {
    let server = Server::impatient().await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let ghost = server.enter_through(&proxy.url(), "Ghost").await;
    alice.joins("general").await;
    ghost.joins("general").await;
    let shows =
        |state| move |view: &crate::support::View| view.room("general").presence.get("Ghost") == Some(&state);
    alice.until("the ghost", shows(PresenceState::Online)).await;

    proxy.stall();
    let begun = Instant::now();
    alice.until("the end of the ghost", shows(PresenceState::Offline)).await;
    let lasted = begun.elapsed().as_millis();
    assert!((500..20_000).contains(&lasted), "the ghost was there for {lasted} ms");
    assert_eq!(server.metric("chinwag_timeouts_total").await, 1.0);
    // One who answers pings is not taken for a ghost.
    assert_eq!(alice.view().connections, 1);

    proxy.flow();
    alice.says("general", "back to life").await;
    ghost.sees("general", "back to life").await;
    alice.until("the ghost", shows(PresenceState::Online)).await;
    ghost.has_no_complaints();
}
