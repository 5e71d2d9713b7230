//! Windows: each part of the way is looked at before the file is opened, and again after: a link put
//! there in between is seen the second time. Links take a privilege there that users do not have.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// A folder: what is opened below it stays below it.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Holds the folder at `path`, which may itself be reached by links.
    pub fn hold(path: &Path) -> io::Result<Self> {
        Ok(Self { path: std::fs::canonicalize(path)? })
    }

    /// Opens the file at `path` (relative, with `/`) for reading; fails if any part of the path is a
    /// link or leads out of the folder.
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = path.as_ref();
        self.look(path)?;
        let file = File::open(self.path.join(path))?;
        self.look(path)?;
        Ok(file)
    }

    fn look(&self, path: &Path) -> io::Result<()> {
        let mut place = self.path.clone();
        for part in path.components() {
            let Component::Normal(part) = part else {
                return Err(ErrorKind::InvalidInput.into());
            };
            place.push(part);
            if std::fs::symlink_metadata(&place)?.is_symlink() {
                return Err(ErrorKind::InvalidInput.into());
            }
        }
        Ok(())
    }
}
