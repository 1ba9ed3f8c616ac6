use super::{CopyError, CopyStep};
use crate::sqlite::connection::{folder_of, with_logs};
use crate::sqlite::private;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A file whose bytes come in before it has its name, so that one under that name is always whole. Removed when it never gets it.
pub(super) struct Part {
    /// Where it is meanwhile.
    pub(super) path: PathBuf,
    /// Held, and locked, until it has its name.
    pub(super) file: File,
    name: PathBuf,
    is_named: bool,
}

impl Part {
    /// Begins the file that will be `name`. What an attempt left that was killed is overwritten.
    pub(super) fn begin(name: &Path) -> Result<Self, CopyError> {
        let mut path = name.as_os_str().to_owned();
        path.push(".part");
        let path = PathBuf::from(path);
        let failed = |source| CopyError::Write { path: name.into(), source };
        let file = private::file(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CopyError::BeingWritten { path: name.into() }),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let part = Self { path, file, name: name.into(), is_named: false };
        part.file.set_len(0).map_err(failed)?;
        part.remove_logs();
        Ok(part)
    }

    /// Removes what SQLite keeps beside it.
    fn remove_logs(&self) {
        let [_, logs @ ..] = with_logs(&self.path);
        for log in logs {
            let _ = fs::remove_file(log);
        }
    }

    /// Brings it to the disk and gives it its name. Answers how many bytes it has.
    pub(super) fn finish(mut self, progress: &mut dyn FnMut(CopyStep<'_>)) -> Result<u64, CopyError> {
        progress(CopyStep::Syncing);
        let finish = || -> io::Result<u64> {
            self.file.sync_all()?;
            if self.name.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(&self.path, &self.name)?;
            // The name is in the folder.
            File::open(folder_of(&self.name))?.sync_all()?;
            Ok(self.file.metadata()?.len())
        };
        let bytes = finish().map_err(|source| CopyError::Write { path: self.name.clone(), source })?;
        self.is_named = true;
        Ok(bytes)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_named {
            // What is left of a failed attempt is worth nothing.
            self.remove_logs();
            let _ = fs::remove_file(&self.path);
        }
    }
}
