use crate::sql::{Cause, DatabaseError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the server did lately what it was asked for.
#[derive(Clone, Default)]
pub(super) struct Health(Arc<Flags>);

#[derive(Default)]
struct Flags {
    /// The last write failed for want of room or the like: only a write shows whether that is over.
    writes_fail: AtomicBool,
    /// Something in the database is broken, which does not mend itself.
    damaged: AtomicBool,
}

impl Health {
    pub(super) fn wrote(&self) {
        self.0.writes_fail.store(false, Ordering::Relaxed);
    }

    pub(super) fn write_failed(&self, error: &DatabaseError) {
        match error.cause {
            Cause::Exhausted => self.0.writes_fail.store(true, Ordering::Relaxed),
            Cause::Damaged => self.found_damage(),
            Cause::Conflict | Cause::Taken | Cause::Disconnected | Cause::Defect => {}
        }
    }

    pub(super) fn read_failed(&self, error: &DatabaseError) {
        if error.cause == Cause::Damaged {
            self.found_damage();
        }
    }

    pub(super) fn writes_fail(&self) -> bool {
        self.0.writes_fail.load(Ordering::Relaxed)
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.0.damaged.load(Ordering::Relaxed)
    }

    fn found_damage(&self) {
        if !self.0.damaged.swap(true, Ordering::Relaxed) {
            tracing::error!("the PostgreSQL database is damaged: stop the server and bring a backup back");
        }
    }
}
