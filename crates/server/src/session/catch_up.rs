use super::{CatchUp, LiveSession};
use chinwag_core::domain::Seq;
use chinwag_gateway::LogPosition;

impl LiveSession {
    /// Sends what was committed since the client's view was made, and goes live. If that fails, the connection is closed to
    /// resume: never a silent hole.
    pub(crate) async fn catch_up(&self, CatchUp { subscription, access, position }: CatchUp) {
        self.app.replayer.catch_up(&subscription, &access, position).await;
    }

    /// As [`catch_up`](Self::catch_up), with everything that came after a position a little before the client's view was made.
    pub(crate) async fn catch_up_since(&self, catch_up: CatchUp, since: Option<LogPosition>) {
        let CatchUp { subscription, access, position: _ } = catch_up;
        // A room that was made later has nothing but what is new.
        let since =
            since.filter(|since| since.room == subscription.room_id()).map_or(Seq(0), |since| since.seq);
        self.app.replayer.catch_up(&subscription, &access, since).await;
    }
}
