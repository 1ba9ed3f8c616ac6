use chinwag_core::domain::{RoomEvent, RoomId, UserId};
use chinwag_core::ports::{Broker, Change, Notice};
use std::sync::{Arc, Condvar, Mutex};

/// Records what is published, and can hold the writer inside of a publication.
#[derive(Default)]
pub(crate) struct Recorder {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    changes: Vec<Change>,
    taken: usize,
    holding: bool,
    held: bool,
}

impl Broker for Recorder {
    fn publish(&self, changes: Vec<Change>) {
        let mut state = self.state.lock().unwrap();
        state.changes.extend(changes);
        state.held = state.holding;
        self.moved.notify_all();
        let mut state = self.moved.wait_while(state, |state| state.holding).unwrap();
        state.held = false;
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
        let changes = state.changes[state.taken..].to_vec();
        state.taken = state.changes.len();
        Published(changes)
    }

    /// All events of a room that were ever published, in the order of their publication.
    pub(crate) fn log(&self, room: RoomId) -> Vec<Arc<RoomEvent>> {
        let state = self.state.lock().unwrap();
        Published(state.changes.clone()).events().into_iter().filter(|event| event.room == room).collect()
    }
}

/// Some changes, in order.
#[derive(Debug)]
pub(crate) struct Published(Vec<Change>);

impl Published {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn events(&self) -> Vec<Arc<RoomEvent>> {
        let event = |change: &Change| match change {
            Change::Event(event) => Some(Arc::clone(event)),
            Change::Notice(_) | Change::Renamed { .. } => None,
        };
        self.0.iter().filter_map(event).collect()
    }

    pub(crate) fn notices(&self) -> Vec<Notice> {
        let notice = |change: &Change| match change {
            Change::Notice(notice) => Some(notice.clone()),
            Change::Event(_) | Change::Renamed { .. } => None,
        };
        self.0.iter().filter_map(notice).collect()
    }

    /// Who got which name.
    pub(crate) fn names(&self) -> Vec<(UserId, String)> {
        let renamed = |change: &Change| match change {
            Change::Renamed { user, name } => Some((*user, name.clone())),
            Change::Event(_) | Change::Notice(_) => None,
        };
        self.0.iter().filter_map(renamed).collect()
    }
}
