//! Text added to a file that is not of the site: what others of the same run have written stays.

use std::io::{self, Write as _};
use std::path::Path;

/// Adds `text` at the end of the file at `path`, which is made if it is not there.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}
