//! Lists the files of a folder that is no site: where somebody keeps cases.

use std::io;
use std::path::{MAIN_SEPARATOR, Path};

use walkdir::WalkDir;

/// The files at any depth below `folder`, by their paths within it (with `/`), in order. Links are not
/// followed.
///
/// # Errors
/// Where a folder cannot be read.
pub fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            names.push(path.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
        }
    }
    names.sort();
    Ok(names)
}
