use chinwag_core::chat::Chat;
use chinwag_core::domain::{ConnectionId, Millis};
use chinwag_core::ports::CloseReason;
use chinwag_realtime::Connection;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// Between two looks for connections whose token is over.
const ROUND: Duration = Duration::from_secs(1);

/// When connections end whose token does, unless they are given another one. A connection that lives as long as its session takes no
/// place here.
pub(crate) struct TokenEnds<C = Connection>(Mutex<HashMap<ConnectionId, End<C>>>);

struct End<C> {
    at: Millis,
    connection: Weak<C>,
}

impl<C> Default for TokenEnds<C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<C> TokenEnds<C> {
    /// Notes when a connection ends.
    pub(crate) fn begin(&self, id: ConnectionId, connection: &Arc<C>, at: Millis) {
        self.0.lock().insert(id, End { at, connection: Arc::downgrade(connection) });
    }

    /// Lets a connection that ends by its token live longer. One of before takes nothing away.
    pub(crate) fn renew(&self, id: ConnectionId, at: Millis) {
        if let Some(end) = self.0.lock().get_mut(&id) {
            end.at = end.at.max(at);
        }
    }

    /// Forgets a connection that has ended.
    pub(crate) fn forget(&self, id: ConnectionId) {
        self.0.lock().remove(&id);
    }

    /// Those whose time is over.
    fn over(&self, now: Millis) -> Vec<Arc<C>> {
        let mut over = Vec::new();
        self.0.lock().retain(|_, end| {
            let is_over = end.at <= now;
            if is_over {
                over.extend(end.connection.upgrade());
            }
            !is_over
        });
        over
    }
}

impl TokenEnds {
    /// Ends connections when their time is over, for ever.
    pub(crate) async fn run(self: Arc<Self>, chat: Chat) {
        let mut rounds = interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            for connection in self.over(chat.now()) {
                connection.ask_to_close(CloseReason::TokenEnded);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALEX: ConnectionId = ConnectionId(1);
    const SAM: ConnectionId = ConnectionId(2);

    #[test]
    fn connections_end_when_their_time_is_over() {
        let ends = TokenEnds::default();
        let (alex, sam) = (Arc::new("Alex"), Arc::new("Sam"));
        ends.begin(ALEX, &alex, Millis(100));
        ends.begin(SAM, &sam, Millis(200));
        let over = |now| ends.over(Millis(now)).iter().map(|it| **it).collect::<Vec<_>>();
        assert_eq!(over(99), [""; 0]);
        assert_eq!(over(100), ["Alex"]);
        assert_eq!(over(100), [""; 0], "once");
        assert_eq!(over(200), ["Sam"]);
    }

    #[test]
    fn another_token_puts_the_end_off() {
        let ends = TokenEnds::default();
        let alex = Arc::new("Alex");
        ends.begin(ALEX, &alex, Millis(100));
        ends.renew(ALEX, Millis(300));
        ends.renew(ALEX, Millis(50));
        // What lives as long as its session does not end by a token.
        ends.renew(SAM, Millis(50));
        assert!(ends.over(Millis(299)).is_empty());
        assert_eq!(ends.over(Millis(300)).len(), 1);
    }

    #[test]
    fn what_has_ended_by_itself_is_forgotten() {
        let ends = TokenEnds::default();
        let (alex, sam) = (Arc::new("Alex"), Arc::new("Sam"));
        ends.begin(ALEX, &alex, Millis(100));
        ends.begin(SAM, &sam, Millis(100));
        ends.forget(ALEX);
        drop(sam);
        assert!(ends.over(Millis(100)).is_empty());
    }
}
