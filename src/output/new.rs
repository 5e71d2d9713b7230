//! Adds a folder of new files to a site's inputs. Never writes over anything: a folder that is
//! there already is refused, and one that could not be finished is taken away again.

use std::io::ErrorKind;
use std::path::Path;

use super::disk::Disk;
use super::error::OutputError;

/// Writes `files` (names and texts) into the new folder `root/folder`.
pub fn write_new_folder(
    root: &Path,
    folder: &str,
    files: &[(String, String)],
) -> Result<(), OutputError> {
    let path = root.join(folder);
    let above = path.parent().unwrap_or(root);
    std::fs::create_dir_all(above).map_err(|error| OutputError::disk("create", above, error))?;
    std::fs::create_dir(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            OutputError::Refused { path: path.clone(), why: "it is there already".to_owned() }
        }
        _ => OutputError::disk("create", &path, error),
    })?;
    for (name, text) in files {
        let file = path.join(name);
        if let Err(error) = Disk::default().write(&file, text.as_bytes()) {
            _ = std::fs::remove_dir_all(&path); // Made a moment ago, by us.
            return Err(OutputError::disk("write", &file, error));
        }
    }
    Ok(())
}
