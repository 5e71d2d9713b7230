//! Write: output files become a published folder. The only code that writes to the disk, and the
//! only code that deletes; [`target`](self) says what may never be touched. A site is staged beside
//! the output, its links are checked, and one swap puts it in place: readers see the old site or
//! the new one, whole.

mod claim;
mod disk;
mod error;
mod lock;
mod markup;
mod target;
mod verify;
mod write;

use std::path::PathBuf;

pub use error::OutputError;
pub use markup::{PageLinks, links_of};
pub use target::MARKER;
pub use verify::{BrokenLink, LinkCheck};
pub use write::{PublishOptions, Published, Staging};

/// One file of the site, made and not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output, with `/` between the parts.
    pub path: String,
    pub content: OutputContent,
}

/// What an output file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputContent {
    Bytes(Vec<u8>),
    /// A file of the site's folder, published as it is. It must still have this SHA-256 (lower-case
    /// hexadecimal) when it is copied: a file exchanged during the build is not published.
    Copy {
        /// Below the site's folder; absolute or relative to it.
        from: PathBuf,
        sha256: String,
    },
}

impl OutputFile {
    /// The file at `path` with these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: OutputContent::Bytes(bytes.into()) }
    }
}
