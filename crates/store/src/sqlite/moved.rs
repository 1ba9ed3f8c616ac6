//! The note beside a database that was moved away: nobody is to go on writing into rows that are elsewhere by now.

use super::OpenError;
use super::connection::folder_of;
use super::private;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The name of the note.
const NOTE: &str = "chinwag.moved";

/// Refuses a database that was moved away.
pub(crate) fn refuse_moved(database: &Path) -> Result<(), OpenError> {
    let folder = folder_of(database);
    let note = folder.join(NOTE);
    match fs::read_to_string(&note) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        // Whatever it says, it is there.
        text => {
            let text = text.unwrap_or_default();
            let place = text.lines().next().unwrap_or_default().trim();
            let place = if place.is_empty() { "another database" } else { place };
            Err(OpenError::Moved { folder, place: place.to_owned(), note })
        }
    }
}

/// Notes that what a database holds is in another `place` now.
pub(crate) fn note_moved(database: &Path, place: &str) -> Result<(), (PathBuf, io::Error)> {
    let folder = folder_of(database);
    let note = folder.join(NOTE);
    let write = || {
        let mut file = private::file(&note)?;
        private::give_to_owner_of(&folder, &file);
        file.set_len(0)?;
        writeln!(file, "{place}")?;
        file.sync_all()?;
        // The name is in the folder.
        File::open(&folder)?.sync_all()
    };
    write().map_err(|error| (note.clone(), error))
}
