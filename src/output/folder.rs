//! Looks at a published folder, also one that somebody else made: what lies in it, and the bytes of its
//! files. Nothing outside it is read, by a path or by a link.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::claim::path_fault;
use super::error::OutputError;
use crate::source::{Folder, hash_reader};

/// The most bytes of a file that is taken into memory.
const MOST_BYTES: u64 = 1 << 30;

/// A published folder, held open.
pub struct PublishedFolder {
    folder: Folder,
    place: PathBuf,
}

/// What lies in a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// All that is no folder, links among it, from the root of the folder; sorted by path.
    pub files: Vec<String>,
    /// What could not be looked into, with the reason: it may hold anything.
    pub unread: Vec<(String, String)>,
}

/// Lists what lies in the folder at `place`. No link is followed.
pub fn list(place: &Path) -> Listing {
    let relative = |path: &Path| {
        let relative = path.strip_prefix(place).unwrap_or(path);
        relative.to_string_lossy().replace(MAIN_SEPARATOR, "/")
    };
    let mut listing = Listing::default();
    for entry in walkdir::WalkDir::new(place).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => listing.files.push(relative(entry.path())),
            // Gone since its name was read, such as with a build that ended just now: nothing is hidden by it.
            Err(error) if error.depth() > 0 && is_gone(&error) => {}
            Err(error) => {
                let path = error.path().map(relative).unwrap_or_default();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                listing.unread.push((path, why));
            }
        }
    }
    listing
}

fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

impl PublishedFolder {
    /// Holds the folder at `place`, which may itself be reached by links.
    pub fn hold(place: &Path) -> Result<Self, OutputError> {
        let folder = Folder::hold(place)
            .map_err(|error| OutputError::disk("read", &place.join(super::MANIFEST), error))?;
        Ok(Self { folder, place: place.to_owned() })
    }

    /// Where it lies.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// The bytes of the file at `path`; `None` if there is none, it is a link or cannot be read.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.bytes(path).ok()
    }

    /// The bytes of the file at `path`.
    pub(super) fn read_or_fail(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        self.bytes(path).map_err(|error| OutputError::disk("read", &self.place.join(path), error))
    }

    /// The size and the SHA-256 of the file at `path`, read in pieces; `None` if it cannot be read.
    pub(super) fn hash(&self, path: &str) -> Option<(u64, String)> {
        hash_reader(self.open(path).ok()?, |_| Ok(())).ok()
    }

    /// Whether something stands at `path`, of whatever kind.
    pub(super) fn has(&self, path: &str) -> bool {
        std::fs::symlink_metadata(self.place.join(path)).is_ok()
    }

    fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn open(&self, path: &str) -> io::Result<File> {
        if let Some(why) = path_fault(path) {
            return Err(io::Error::other(why));
        }
        let file = self.folder.open(path)?;
        // A pipe would be waited for, a device has no end.
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        Ok(file)
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn lists_links_and_does_not_follow_them_and_tells_what_it_cannot_look_into() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let site = place.path().join("site");
        fs::create_dir_all(site.join("a")).expect("creates");
        fs::write(site.join("a/page"), "x").expect("writes");
        fs::write(place.path().join("secret"), "x").expect("writes");
        symlink("..", site.join("up")).expect("links");
        symlink("../secret", site.join("link")).expect("links");
        let listing = list(&site);
        assert_eq!(listing.files, ["a/page", "link", "up"]);
        assert_eq!(listing.unread, []);
        let none = list(&site.join("none"));
        assert_eq!((none.files.len(), none.unread.len()), (0, 1));

        let folder = PublishedFolder::hold(&site).expect("holds");
        assert_eq!(folder.read("a/page").as_deref(), Some(&b"x"[..]));
        for path in ["link", "up/secret", "../secret", "a", "none", "a:page", "/etc/hostname", ""] {
            assert_eq!(folder.read(path), None, "{path}");
            assert_eq!(folder.hash(path), None, "{path}");
        }
        assert!(folder.has("link") && !folder.has("none"));
    }
}
