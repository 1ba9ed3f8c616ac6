use chinwag_core::domain::{ConnectionId, RoomEvent, RoomId, UserId};
use chinwag_core::ports::{Broker, DirectoryEvent, Publication, Settling, StoreFuture, UserEvent};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use std::sync::{Arc, Condvar, Mutex};

/// Records what is published, and can hold the writer inside of a publication.
#[derive(Default)]
pub(crate) struct Recorder {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    publications: Vec<Publication>,
    taken: usize,
    holding: bool,
    held: bool,
}

impl Broker for Recorder {
    fn publish(&self, publications: Vec<Publication>) {
        let mut state = self.state.lock().unwrap();
        state.publications.extend(publications);
        state.held = state.holding;
        self.moved.notify_all();
        let mut state = self.moved.wait_while(state, |state| state.holding).unwrap();
        state.held = false;
    }

    fn settled(&self, _what: Settling) -> StoreFuture<()> {
        ready(Ok(())).boxed()
    }
}

impl Recorder {
    /// The next publication does not return before [`release`](Self::release).
    pub(crate) fn hold(&self) {
        self.state.lock().unwrap().holding = true;
    }

    /// Waits until the writer is held.
    pub(crate) fn wait_until_held(&self) {
        drop(self.moved.wait_while(self.state.lock().unwrap(), |state| !state.held).unwrap());
    }

    /// Lets the writer go on.
    pub(crate) fn release(&self) {
        self.state.lock().unwrap().holding = false;
        self.moved.notify_all();
    }

    /// What was published since the last call.
    pub(crate) fn take(&self) -> Published {
        let mut state = self.state.lock().unwrap();
        let publications = state.publications[state.taken..].to_vec();
        state.taken = state.publications.len();
        Published(publications)
    }

    /// All events of a room that were ever published, in the order of their publication.
    pub(crate) fn log(&self, room: RoomId) -> Vec<Arc<RoomEvent>> {
        let state = self.state.lock().unwrap();
        Published(state.publications.clone())
            .events()
            .into_iter()
            .filter(|event| event.room == room)
            .collect()
    }
}

/// Some publications, in order.
#[derive(Debug)]
pub(crate) struct Published(Vec<Publication>);

impl std::ops::Deref for Published {
    type Target = [Publication];

    fn deref(&self) -> &[Publication] {
        &self.0
    }
}

impl Published {
    /// What the subscribers of rooms are told.
    pub(crate) fn events(&self) -> Vec<Arc<RoomEvent>> {
        let event = |publication: &Publication| match publication {
            Publication::Room(event) => Some(Arc::clone(event)),
            Publication::Person { .. } | Publication::Directory(_) => None,
        };
        self.0.iter().filter_map(event).collect()
    }

    /// What single people are told, and on which connection not.
    pub(crate) fn personal(&self) -> Vec<(UserId, Option<ConnectionId>, UserEvent)> {
        let personal = |publication: &Publication| match publication {
            Publication::Person { user, except, event } => Some((*user, *except, event.clone())),
            Publication::Room(_) | Publication::Directory(_) => None,
        };
        self.0.iter().filter_map(personal).collect()
    }

    /// What everybody is told of the directory.
    pub(crate) fn directory(&self) -> Vec<DirectoryEvent> {
        let directory = |publication: &Publication| match publication {
            Publication::Directory(event) => Some(event.clone()),
            Publication::Room(_) | Publication::Person { .. } => None,
        };
        self.0.iter().filter_map(directory).collect()
    }
}
