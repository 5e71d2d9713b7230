//! Windows.

use std::fs::File;
use std::io;
use std::path::Path;

/// Makes two folders change places in one step: there is no such step, two renames do it.
pub fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Waits until everything below a folder is on the medium; only what is open for writing can be.
pub fn settle(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(io::Error::from)?;
        if entry.file_type().is_file() {
            File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Names are on the medium when the rename returns: NTFS writes them to its journal.
pub fn settle_names(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether an open file is the one that stands at `path` now: a file that is open keeps its name.
pub fn is_same_file(_file: &File, path: &Path) -> io::Result<bool> {
    Ok(path.exists())
}

/// Who may read a file is for the folder it stands in to say.
pub fn make_readable() {}
