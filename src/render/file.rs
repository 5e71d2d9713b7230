//! What rendering gives: a file of the site, made and not yet written.

use std::path::PathBuf;

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
