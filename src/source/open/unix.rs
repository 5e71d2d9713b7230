//! Unix: the system itself refuses links on the way.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

/// A folder, held open: what is opened below it stays below it.
pub struct Folder {
    folder: File,
    #[cfg(not(target_os = "linux"))]
    path: std::path::PathBuf,
}

impl Folder {
    /// Holds the folder at `path`, which may itself be reached by links.
    pub fn hold(path: &Path) -> io::Result<Self> {
        let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            // A pipe would wait for somebody who writes into it.
            folder: rustix::fs::open(path, folder, Mode::empty())?.into(),
            #[cfg(not(target_os = "linux"))]
            path: path.to_owned(),
        })
    }

    /// Opens the file at `path` (relative, with `/`) for reading; fails if any part of the path
    /// is a link or leads out of the folder.
    #[cfg(target_os = "linux")]
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        use rustix::fs::ResolveFlags;
        let beneath = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        let opened =
            rustix::fs::openat2(&self.folder, path.as_ref(), flags(), Mode::empty(), beneath);
        match opened {
            // Sandboxes and kernels before 5.6 do not have the call: the last part is still safe.
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {
                Ok(rustix::fs::openat(&self.folder, path.as_ref(), flags(), Mode::empty())?.into())
            }
            opened => Ok(opened?.into()),
        }
    }

    /// Opens the file at `path` (relative, with `/`) for reading; fails if it is a link.
    #[cfg(not(target_os = "linux"))]
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = self.path.join(path.as_ref());
        Ok(rustix::fs::openat(&self.folder, &path, flags(), Mode::empty())?.into())
    }
}

fn flags() -> OFlags {
    OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC
}
