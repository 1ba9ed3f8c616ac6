//! What the contract suite cannot reach through the port.

mod failures;
mod locks;
mod sessions;
mod visits;

use super::{Location, SqliteOptions, SqliteStore};
use crate::engine::Engine as _;
use chinwag_core::domain::Millis;
use chinwag_core::ports::{Broker, Clock, Publication, Settling, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        Millis(0)
    }
}

/// Tells how many publications came, and then does what it is made for.
struct Recorder {
    heard: Mutex<Sender<usize>>,
    then: fn(),
}

impl Broker for Recorder {
    fn publish(&self, publications: Vec<Publication>) {
        self.heard.lock().unwrap().send(publications.len()).unwrap();
        (self.then)();
    }

    fn settled(&self, _what: Settling) -> StoreFuture<()> {
        ready(Ok(())).boxed()
    }
}

fn store(then: fn()) -> (SqliteStore, Receiver<usize>) {
    store_at(Location::Memory, then)
}

fn store_at(path: Location, then: fn()) -> (SqliteStore, Receiver<usize>) {
    let (heard, hearing) = channel();
    let broker = Arc::new(Recorder { heard: Mutex::new(heard), then });
    let options = SqliteOptions { readers: 1, ..SqliteOptions::new(path) };
    (SqliteStore::open(options, Arc::new(Still), broker, Arc::new(())).unwrap(), hearing)
}

fn wait<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer)
}

/// How many rooms there are, deleted ones included.
fn rooms(store: &SqliteStore) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM rooms";
    wait(store.0.read("rooms", |sql| Ok(sql.one(COUNT, &[], |row| row.get(0))?))).unwrap()
}
