//! One build at a time for one output. The lock is the system's, on a file beside the output: it
//! ends with the process, however that ends, so that no stale lock can be left.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{OutputError, system};

/// The right to write to one output; ends when dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock on file `path` for the output at `output`, without waiting.
    pub fn take(path: PathBuf, output: &Path) -> Result<Self, OutputError> {
        let failed = |error| OutputError::disk("lock", &path, error);
        // A pipe would wait for somebody who reads from it, and a link leads elsewhere.
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(failed(io::Error::new(ErrorKind::InvalidInput, "it is not a file")));
        }
        loop {
            let file = File::options()
                .create(true)
                .write(true)
                .truncate(false)
                .open(&path)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(OutputError::Locked { path: output.to_owned() });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // The one before us may have removed the file between our opening and locking it:
            // then the lock is on a file nobody else will ever find.
            if system::is_same_file(&file, &path).map_err(failed)? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked here, so nobody else's file can be hit.
        let _ = fs::remove_file(&self.path);
    }
}
