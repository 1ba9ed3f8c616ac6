use crate::sql::{Cause, DatabaseError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the database did lately what it was asked for. Shared by the writer, the readers and whoever asks for readiness.
#[derive(Clone, Default)]
pub(super) struct Health {
    flags: Arc<Flags>,
}

#[derive(Default)]
struct Flags {
    /// The last transaction with something to write did not reach the disk.
    writes_fail: AtomicBool,
    /// A read did not come from the disk.
    reads_fail: AtomicBool,
    /// Somebody is looking whether reads work again.
    looking: AtomicBool,
    /// A broken page was met. It does not mend itself, and others may be broken, too: this stays until the next start.
    damaged: AtomicBool,
}

/// One who looks whether reads work again; nobody else does meanwhile.
pub(super) struct Look {
    flags: Arc<Flags>,
}

impl Health {
    /// Notes that bytes have reached the disk.
    pub(super) fn wrote(&self) {
        self.flags.writes_fail.store(false, Ordering::Relaxed);
    }

    /// Notes why a write failed.
    pub(super) fn write_failed(&self, error: &DatabaseError) {
        self.failed(error, &self.flags.writes_fail);
    }

    /// Notes why a read failed.
    pub(super) fn read_failed(&self, error: &DatabaseError) {
        self.failed(error, &self.flags.reads_fail);
    }

    /// Whether a broken page was met.
    pub(super) fn is_damaged(&self) -> bool {
        self.flags.damaged.load(Ordering::Relaxed)
    }

    /// Whether only a write shows if the disk works again.
    pub(super) fn writes_fail(&self) -> bool {
        self.flags.writes_fail.load(Ordering::Relaxed)
    }

    /// Whether only a look at the disk shows if it can be read again.
    pub(super) fn reads_fail(&self) -> bool {
        self.flags.reads_fail.load(Ordering::Relaxed)
    }

    /// Begins to look whether reads work again, unless somebody does: whoever asks often must not keep all readers busy with it.
    pub(super) fn look(&self) -> Option<Look> {
        let is_first = !self.flags.looking.swap(true, Ordering::Relaxed);
        is_first.then(|| Look { flags: Arc::clone(&self.flags) })
    }

    fn failed(&self, error: &DatabaseError, fails: &AtomicBool) {
        match error.cause {
            Cause::Damaged => {
                if !self.flags.damaged.swap(true, Ordering::Relaxed) {
                    tracing::error!(
                        "the database is damaged: stop the server, keep a copy of its folder, and bring a backup back with \
                         \"chinwag restore\""
                    );
                }
            }
            Cause::Exhausted => fails.store(true, Ordering::Relaxed),
            Cause::Conflict | Cause::Taken | Cause::Disconnected | Cause::Defect => {}
        }
    }
}

impl Look {
    /// Notes that they do.
    pub(super) fn found_sound(self) {
        self.flags.reads_fail.store(false, Ordering::Relaxed);
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.flags.looking.store(false, Ordering::Relaxed);
    }
}
