use super::StoreFuture;
use crate::domain::{RoomEvent, RoomId, RoomOverview, Seq, SessionId, User, UserId};

/// What the live side of a node reads when news may have been lost. It reads without a person: what comes of it goes to those only
/// whose own right was looked up before, and who have not lost it up to there.
pub trait Recovery: Send + Sync {
    /// Events of a room's log behind a place, oldest first and without a gap; at most `limit`, and fewer when the log ends.
    fn missed_events(&self, room: RoomId, after: Seq, limit: u32) -> StoreFuture<Vec<RoomEvent>>;

    /// Where the logs of those of these rooms end that are longer than is known.
    fn heads(&self, known: Vec<(RoomId, Seq)>) -> StoreFuture<Vec<(RoomId, Seq)>>;

    /// How it stands with these sign-ins; one that is not answered has ended.
    fn standings(&self, sessions: Vec<(UserId, SessionId)>) -> StoreFuture<Vec<Standing>>;
}

/// How it stands with a sign-in: what its connections are to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The sign-in.
    pub session: SessionId,
    /// Its person, under the name at present.
    pub user: User,
    /// How many names the person had before.
    pub renames: u32,
    /// The rooms that the person is in, with the read markers.
    pub rooms: Vec<RoomOverview>,
    /// The number of the last change of the settings; 0 for one who has changed nothing.
    pub settings: i64,
}
