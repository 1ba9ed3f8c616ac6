use chinwag_core::domain::{RoomId, UserId};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Of which of this node's people the other nodes are to hear: how they are is looked up when it is told, so that it is right in whatever
/// order it came about.
#[derive(Default)]
pub(crate) struct OwnNews {
    /// Nobody gathers anything for a node that has no others.
    is_wanted: AtomicBool,
    news: Mutex<News>,
    came: Notify,
}

/// People and typists that wait to be told, while nobody takes what is told. Above it everybody is told of in parts, which says who is gone as well,
/// and typing is old by then.
const MOST: usize = 8192;

/// What is to be told.
#[derive(Default)]
pub(crate) struct News {
    pub(crate) people: HashSet<UserId>,
    /// Whether more people changed than are kept.
    pub(crate) is_everybody: bool,
    /// Who began to type in a room or stopped, the last of it.
    pub(crate) typing: HashMap<(RoomId, UserId), bool>,
}

impl OwnNews {
    /// Gathers from now on.
    pub(crate) fn want(&self) {
        self.is_wanted.store(true, Ordering::Relaxed);
    }

    /// Notes that a person came, went, or is there in another way.
    pub(crate) fn note(&self, user: UserId) {
        if self.is_wanted.load(Ordering::Relaxed) {
            let mut news = self.news.lock();
            if news.people.len() >= MOST {
                news.people.clear();
                news.is_everybody = true;
            }
            if !news.is_everybody {
                news.people.insert(user);
            }
            drop(news);
            self.came.notify_one();
        }
    }

    pub(crate) fn note_typing(&self, room: RoomId, user: UserId, types: bool) {
        if self.is_wanted.load(Ordering::Relaxed) {
            let mut news = self.news.lock();
            if news.typing.len() >= MOST {
                news.typing.clear();
            }
            news.typing.insert((room, user), types);
            drop(news);
            self.came.notify_one();
        }
    }

    /// Resolves when there is something to take.
    pub(crate) async fn came(&self) {
        self.came.notified().await;
    }

    pub(crate) fn take(&self) -> News {
        std::mem::take(&mut *self.news.lock())
    }
}
