//! Reads the bytes of one file from anywhere on the disk.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::error::ReadError;

/// The bytes of the file at `path`, if it has at most `limit` of them.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let failed = |error| ReadError::new(path, error);
    let mut bytes = Vec::new();
    // A pipe would be waited for, a device has no end.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::other("it is not a file")));
    }
    let file = File::open(path).map_err(failed)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        let why = format!("it has more than {} MiB", limit >> 20);
        return Err(failed(std::io::Error::new(std::io::ErrorKind::FileTooLarge, why)));
    }
    Ok(bytes)
}
