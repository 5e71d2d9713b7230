//! Unix.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

/// From now on what is made may be read by everybody, and written by its owner: 755 and 644, whatever
/// the caller's mask. A site is there for the server to read.
pub fn make_readable() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
}

/// Makes two folders change places in one step. `Ok(false)` where the system has no such step.
pub fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Waits until everything below a folder is on the medium. On Linux that is one call for the whole
/// file system, far cheaper than one for each file.
pub fn settle(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    for entry in walkdir::WalkDir::new(folder) {
        File::open(entry?.path())?.sync_all()?;
    }
    Ok(())
}

/// Waits until the names in a folder are on the medium.
pub fn settle_names(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Whether an open file is the one that stands at `path` now.
pub fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    Ok(fs::symlink_metadata(path)
        .is_ok_and(|found| (found.dev(), found.ino()) == (ours.dev(), ours.ino())))
}
