//! Adds new files to a site's inputs. Never writes over anything: a folder or file that is there
//! already is refused, and what could not be finished is taken away again.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

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

/// Writes `files` (paths with `/`, and bytes) below `root`, which is created if need be. If one of
/// them is there already, nothing is written; if one cannot be written, the others are taken away.
pub fn write_new_files(root: &Path, files: &[(String, Vec<u8>)]) -> Result<(), OutputError> {
    for (name, _) in files {
        let path = root.join(name);
        if std::fs::symlink_metadata(&path).is_ok() {
            return Err(OutputError::Refused { path, why: "it is there already".to_owned() });
        }
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let path = root.join(name);
        if let Err(error) = write_one(&path, bytes) {
            // Written a moment ago, by us. Folders stay: somebody may have put something in them.
            written.iter().for_each(|path| _ = std::fs::remove_file(path));
            return Err(OutputError::disk("write", &path, error));
        }
        written.push(path);
    }
    Ok(())
}

fn write_one(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(above) = path.parent() {
        std::fs::create_dir_all(above)?;
    }
    Disk::default().write(path, bytes)
}

/// Exchanges the text of one file of a site's inputs for another, by way of a file beside it, so
/// that whoever reads sees the old text or the new one. `path` has `/` between its parts.
pub fn write_over(root: &Path, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
    let place = root.join(path);
    let failed = |error| OutputError::disk("write", &place, error);
    let mut beside = place.clone().into_os_string();
    beside.push(".tmp"); // Endings in `.tmp` are never read as inputs.
    let beside = PathBuf::from(beside);
    _ = std::fs::remove_file(&beside);
    write_one(&beside, bytes).map_err(failed)?;
    std::fs::rename(&beside, &place).map_err(|error| {
        _ = std::fs::remove_file(&beside);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_if_one_is_there_already() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        write_new_files(place.path(), &[file("b/b.txt", "old")]).expect("writes");
        let refused = write_new_files(place.path(), &[file("a.txt", "x"), file("b/b.txt", "new")]);
        assert!(matches!(refused, Err(OutputError::Refused { .. })), "{refused:?}");
        assert!(!place.path().join("a.txt").exists());
        assert_eq!(std::fs::read_to_string(place.path().join("b/b.txt")).expect("reads"), "old");
        write_over(place.path(), "b/b.txt", b"new").expect("writes");
        assert_eq!(std::fs::read_to_string(place.path().join("b/b.txt")).expect("reads"), "new");
        let left = std::fs::read_dir(place.path().join("b")).expect("lists").count();
        assert_eq!(left, 1);
    }
}
