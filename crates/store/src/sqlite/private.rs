//! What is in the data folder is for the user alone who runs the server, whatever the umask says.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown,
};
use std::path::Path;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

/// Makes the folder, or closes one that is there and holds nothing of others.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match DirBuilder::new().mode(FOLDER).create(path) {
        Ok(()) => fs::set_permissions(path, Permissions::from_mode(FOLDER)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {
            close(path);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Opens a file for writing that nobody else can read, and makes it where there is none.
pub(super) fn file(path: &Path) -> io::Result<File> {
    let file = File::options().create(true).truncate(false).read(true).write(true).mode(FILE).open(path)?;
    let mode = file.metadata()?.permissions().mode() & 0o7777;
    if mode != FILE
        && let Err(error) = file.set_permissions(Permissions::from_mode(FILE))
    {
        tracing::warn!(file = %path.display(), mode = format!("{mode:o}"), %error, "others may read this file: chmod it to 600");
    }
    Ok(file)
}

/// Gives a file to whom its folder belongs, where this user may do that: what root makes in the folder of a service is for the service.
pub(super) fn give_to_owner_of(folder: &Path, file: &File) {
    if let Ok(folder) = folder.metadata() {
        // Who may not is the owner, or will be told by the server when it cannot open the file.
        let _ = fchown(file, Some(folder.uid()), Some(folder.gid()));
    }
}

/// Whether everything in the folder is named as what Chinwag keeps there.
fn is_ours(path: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(path)? {
        if !entry?.file_name().to_string_lossy().starts_with("chinwag.") {
            return Ok(false);
        }
    }
    Ok(true)
}

fn close(path: &Path) {
    let Ok(mode) = path.metadata().map(|metadata| metadata.permissions().mode() & 0o7777) else { return };
    if mode & 0o077 == 0 {
        return;
    }
    // A folder that everybody may use, such as /tmp, or that holds other things, must not be taken away from others.
    let is_shared = mode & 0o1000 != 0 || !is_ours(path).unwrap_or(false);
    if is_shared || fs::set_permissions(path, Permissions::from_mode(FOLDER)).is_err() {
        let mode = format!("{mode:o}");
        tracing::warn!(folder = %path.display(), mode, "others may look into the data folder: use one of its own, or chmod it to 700");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o7777
    }

    fn open_to_all(path: &Path) {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_new_folder_and_one_of_ours_are_closed() {
        let root = tempfile::tempdir().unwrap();
        let new = root.path().join("deep/data");
        folder(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        open_to_all(&new);
        folder(&new).unwrap();
        assert_eq!(mode(&new), 0o700, "an empty one");
        fs::write(new.join("chinwag.db"), "").unwrap();
        open_to_all(&new);
        folder(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
    }

    #[test]
    fn a_folder_with_things_of_others_stays_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("diary"), "").unwrap();
        open_to_all(root.path());
        folder(root.path()).unwrap();
        assert_eq!(mode(root.path()), 0o755);
    }

    #[test]
    fn a_folder_for_everybody_stays_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        let shared = root.path().join("tmp");
        fs::create_dir(&shared).unwrap();
        fs::set_permissions(&shared, Permissions::from_mode(0o1777)).unwrap();
        folder(&shared).unwrap();
        assert_eq!(mode(&shared), 0o1777);
    }

    #[test]
    fn files_are_closed() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("file");
        drop(file(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
        open_to_all(&path);
        drop(file(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
    }
}
