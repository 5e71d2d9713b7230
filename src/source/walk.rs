//! Finds the files of a site's folder and says what each one is. Opens none, follows no link, and
//! looks nowhere but in the five places inputs stand.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{Area, ReadError};

/// The folders that are walked; `clausebook.yaml` stands beside them.
const FOLDERS: [&str; 4] = ["content", "regulations", "static", "templates"];

/// The file every site has.
pub const CONFIG: &str = "clausebook.yaml";

/// A file of the folder, not read yet.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Relative to the site's folder, with `/` between the parts.
    pub path: String,
    pub area: Area,
    pub kind: Kind,
}

/// What is to be done with a found file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Read as text, if it has at most this many bytes.
    Text { limit: u64 },
    /// Hashed.
    Binary,
    /// Not read: it is a symbolic link.
    Link,
    /// Not read: nothing of this name is looked for here.
    Unexpected,
    /// Not read: it is a pipe, a socket or a device.
    NoFile,
    /// Not read: it ought to be there and is not.
    Missing,
    /// Not read: its name is not Unicode, `path` shows it nearly.
    Unnameable,
}

const RECORD: Kind = Kind::Text { limit: 2 << 20 };
/// Marks of Markdown take two hundred times their size in memory until they are resolved.
const PAGE: Kind = Kind::Text { limit: 768 << 10 };
/// The most bytes a regulation's text may have.
pub(super) const REGULATION_LIMIT: u64 = 4 << 20;
const REGULATION: Kind = Kind::Text { limit: REGULATION_LIMIT };

/// Lists the inputs under `root`, sorted by path.
pub fn walk(root: &Path) -> Result<Vec<Found>, ReadError> {
    let mut found = vec![config(root)?];
    for folder in FOLDERS {
        walk_folder(root, folder, &mut found)?;
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn config(root: &Path) -> Result<Found, ReadError> {
    let path = root.join(CONFIG);
    let kind = match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_symlink() => Kind::Link,
        Ok(metadata) if metadata.is_file() => RECORD,
        Ok(_) => Kind::Missing,
        Err(error) if error.kind() == ErrorKind::NotFound => Kind::Missing,
        Err(error) => return Err(ReadError::new(&path, error)),
    };
    Ok(Found { path: CONFIG.to_owned(), area: Area::Config, kind })
}

fn walk_folder(root: &Path, folder: &str, found: &mut Vec<Found>) -> Result<(), ReadError> {
    let top = root.join(folder);
    let entries = WalkDir::new(&top).follow_links(false).follow_root_links(false);
    for entry in
        entries.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&top).to_owned();
                let gone = error.io_error().is_some_and(|e| e.kind() == ErrorKind::NotFound);
                if error.depth() == 0 && gone {
                    return Ok(()); // A site without guidance or templates is a site too.
                }
                return Err(ReadError::new(&path, error.into()));
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = with_slashes(&relative.to_string_lossy());
        let (area, kind) = classify(&path);
        let kind = if entry.file_type().is_symlink() {
            Kind::Link
        } else if !entry.file_type().is_file() {
            Kind::NoFile
        } else if relative.to_str().is_none() {
            Kind::Unnameable
        } else {
            kind
        };
        found.push(Found { path, area, kind });
    }
    Ok(())
}

/// A path with `/` between its parts, on every system.
fn with_slashes(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

/// Whether an entry is left out without a word: dot files and what editors and file managers
/// leave behind.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    // What servers look for begins with a full stop: `.well-known`, `.htaccess`.
    let is_static = entry.path().components().any(|part| part.as_os_str() == "static");
    (name.starts_with('.') && !(is_static && [".well-known", ".htaccess"].contains(&&*name)))
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".bak", ".orig", ".tmp"].iter().any(|end| name.ends_with(end))
        || ["Thumbs.db", "desktop.ini"].iter().any(|left| name == *left)
}

fn classify(path: &str) -> (Area, Kind) {
    let parts: Vec<_> = path.split('/').collect();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (parts.as_slice(), ending) {
        (["content", "evidence", "files", _, ..], _) => (Area::Evidence, Kind::Binary),
        (["content", "pages", _], "md") => (Area::Page, PAGE),
        (["content", "pages", ..], _) => (Area::Page, Kind::Unexpected),
        (["content", _, ..], "yaml") => (Area::Record, RECORD),
        (["content", ..], _) => (Area::Record, Kind::Unexpected),
        (["regulations", _, "attachments", _, ..], _) => (Area::Attachment, Kind::Binary),
        (["regulations", _, _, ..], "yaml" | "txt" | "md") => (Area::Regulation, REGULATION),
        (["regulations", ..], _) => (Area::Regulation, Kind::Unexpected),
        (["static", ..], _) => (Area::Static, Kind::Binary),
        (_, "html" | "css" | "js" | "svg" | "yaml") => (Area::Template, REGULATION),
        _ => (Area::Template, Kind::Binary),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_each_file_by_its_place_and_ending() {
        let unexpected = Kind::Unexpected;
        let cases = [
            ("content/audits.yaml", Area::Record, RECORD),
            ("content/audits/115/a.yaml", Area::Record, RECORD),
            ("content/audits.yml", Area::Record, unexpected),
            ("content/notes.md", Area::Record, unexpected),
            ("content/evidence/index.yaml", Area::Record, RECORD),
            ("content/evidence/a.pdf", Area::Record, unexpected),
            ("content/evidence/files/a.yaml", Area::Evidence, Kind::Binary),
            ("content/evidence/files/115/報告.pdf", Area::Evidence, Kind::Binary),
            ("content/pages/how-to.md", Area::Page, PAGE),
            ("content/pages/sub/how-to.md", Area::Page, unexpected),
            ("content/pages/how-to.yaml", Area::Page, unexpected),
            ("regulations/tax/2024-05-22.txt", Area::Regulation, REGULATION),
            ("regulations/tax/forms/a.yaml", Area::Regulation, REGULATION),
            ("regulations/tax/attachments/a.docx", Area::Attachment, Kind::Binary),
            ("regulations/tax/a.docx", Area::Regulation, unexpected),
            ("regulations/README.md", Area::Regulation, unexpected),
            ("templates/page.html", Area::Template, REGULATION),
            ("templates/assets/logo.png", Area::Template, Kind::Binary),
        ];
        for (path, area, kind) in cases {
            assert_eq!(classify(path), (area, kind), "{path}");
        }
    }
}
