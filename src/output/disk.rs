//! Each thing done to the disk while a site is published, one function each. The tests make any
//! one of them fail.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::system;
use crate::source::hash_reader;

/// The disk, as the writer sees it.
#[derive(Debug, Default)]
pub struct Disk {
    #[cfg(test)]
    pub faults: tests::Faults,
}

impl Disk {
    /// Creates the folder at `path` and those above it.
    pub fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir_all(path)
    }

    /// Writes a file that is not there yet.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        self.step()?; // After the file is there: the worst moment to fail.
        file.write_all(bytes)
    }

    /// Copies what is left to read of `from` to a file that is not there yet; returns its length
    /// and its SHA-256 in hexadecimal.
    pub fn copy(&self, from: &mut File, to: &Path) -> io::Result<(u64, String)> {
        let mut file = File::create_new(to)?;
        self.step()?;
        hash_reader(from, |piece| file.write_all(piece))
    }

    /// Makes two folders change places in one step. `Ok(false)` where the system has no such step.
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        self.step()?;
        #[cfg(test)]
        if self.faults.no_exchange {
            return Ok(false);
        }
        system::exchange(one, other)
    }

    /// Renames a folder.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Deletes a folder with all that is in it.
    pub fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir_all(path)
    }

    /// Waits until everything written below `folder` is on the medium. On Linux that is one call
    /// for the whole file system, far cheaper than one for each file.
    pub fn settle(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        system::settle(folder)
    }

    /// Waits until the names in `folder` are on the medium.
    pub fn settle_names(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        system::settle_names(folder)
    }

    /// Counts an operation; the tests make one fail.
    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the tests use both")]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        self.faults.step()
    }
}

#[cfg(test)]
pub mod tests {
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Which operations fail, counted from 1.
    #[derive(Debug, Default)]
    pub struct Faults {
        /// This one fails; 0 for none.
        pub at: usize,
        /// So do all after it, as when the disk is full or gone.
        pub for_good: bool,
        /// The system cannot exchange two folders.
        pub no_exchange: bool,
        pub done: AtomicUsize,
    }

    impl Faults {
        pub fn step(&self) -> io::Result<()> {
            let number = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            let fails = number == self.at || (self.for_good && self.at > 0 && number > self.at);
            if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        /// How many operations there were.
        pub fn count(&self) -> usize {
            self.done.load(Ordering::Relaxed)
        }
    }
}
