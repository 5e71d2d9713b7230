//! Reads one file from anywhere on the disk: the bytes of a spreadsheet, or a text, as it would be read as a regulation's text: the same
//! limit, the same encoding, the same look for characters nobody sees.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::read::{ReadError, text};
use super::walk::REGULATION_LIMIT;
use super::{Area, SourceFile, SourceTree};
use crate::diagnostic::Diagnostics;

/// A tree with nothing but the file at `path`, and what is wrong with it.
pub fn read_one(path: &Path) -> Result<(SourceTree, Diagnostics), ReadError> {
    let failed = |error| ReadError::new(path, error);
    let mut bytes = Vec::new();
    // A pipe would be waited for, a device has no end.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::other("it is not a file")));
    }
    let file = File::open(path).map_err(failed)?;
    file.take(REGULATION_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    let shown = path.to_string_lossy().into_owned();
    let (content, faults) =
        text(super::FileId(0), Area::Regulation, &shown, bytes, REGULATION_LIMIT);
    let file = SourceFile { path: shown, area: Area::Regulation, content };
    Ok((SourceTree { files: vec![file] }, faults))
}

/// The bytes of the file at `path`, if it has at most `limit` of them.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let failed = |error| ReadError::new(path, error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        let why = format!("it has more than {} MiB", limit >> 20);
        return Err(failed(std::io::Error::new(std::io::ErrorKind::FileTooLarge, why)));
    }
    Ok(bytes)
}
