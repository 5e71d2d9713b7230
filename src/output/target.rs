//! Which folder may be replaced. Publishing deletes what stood there before, so everything but a
//! new folder, an empty one and our own is refused.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::OutputError;
use super::folder::{Listing, list};
use super::manifest::SIGNATURE;

/// The file by which we know a folder for our own.
pub const MARKER: &str = ".clausebook-output";

/// Folders of a site that no output may lie in.
const SOURCES: [&str; 6] = ["content", "regulations", "templates", "static", "src", ".git"];

/// Finds the real place of `output` (taken relative to `root`, the site's folder), or says why it
/// may not be written to. Touches nothing.
pub fn find(root: &Path, output: &Path, home: Option<&Path>) -> Result<PathBuf, OutputError> {
    let written = root.join(output);
    let refuse = |why: &str| OutputError::Refused { path: written.clone(), why: why.to_owned() };
    let root = fs::canonicalize(root).map_err(|error| OutputError::disk("find", root, error))?;
    let home = home.and_then(|home| fs::canonicalize(home).ok());

    let Some(place) = real_place(&written)? else {
        return Err(refuse("it is the root of the file system, or its name is `..`"));
    };
    if Some(&place) == home.as_ref() {
        return Err(refuse("it is your home folder"));
    }
    if home.is_some_and(|home| home.starts_with(&place)) {
        return Err(refuse("your home folder lies in it"));
    }
    if place == root {
        return Err(refuse("it is the site's own folder"));
    }
    if root.starts_with(&place) {
        return Err(refuse("the site's folder lies in it"));
    }
    for source in SOURCES {
        let source_place = fs::canonicalize(root.join(source)).unwrap_or(root.join(source));
        if place.starts_with(&source_place) {
            return Err(refuse(&format!("it lies in `{source}`, which is not output")));
        }
        if source_place.starts_with(&place) {
            return Err(refuse(&format!("`{source}` lies in it")));
        }
    }
    if place.components().any(|part| part.as_os_str() == ".git") {
        return Err(refuse("it lies in a git folder"));
    }
    let inside = place.ancestors().skip(1).find(|above| above.join(MARKER).is_file());
    if let Some(above) = inside {
        let above = above.display();
        return Err(refuse(&format!(
            "it lies in `{above}`, which is an output itself and is replaced as a whole"
        )));
    }
    check_content(&place)?;
    Ok(place)
}

/// Folders whose files have their content in their names: those of the site before are kept once
/// more, for readers who have one of its pages open.
const KEPT_FOLDERS: [&str; 2] = ["assets/", "search/"];

/// What the program itself names by its content. No manifest covers what is kept, so nothing that a
/// reader would open as a page is among it.
const KEPT_ENDINGS: [&str; 3] = [".css", ".js", ".json"];

/// Whether a file of the site before is kept once more.
pub fn is_kept_once(path: &str) -> bool {
    let begins = KEPT_FOLDERS.iter().any(|folder| path.starts_with(folder));
    begins && KEPT_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The first line of the marker file; the paths of what was written follow.
const MARKER_HEAD: &str = "clausebook writes this folder and replaces it as a whole.\n";

/// The text of the marker: the paths of a build, sorted, then the files carried over from the site
/// before, each with its SHA-256, since no manifest covers them.
pub fn marker_text<'a>(
    own: impl IntoIterator<Item = &'a str>,
    kept: &[(String, String)],
) -> String {
    let mut text = String::from(MARKER_HEAD);
    own.into_iter().for_each(|path| text.extend([path, "\n"]));
    kept.iter().for_each(|(path, hash)| text.extend(["+ ", hash, " ", path, "\n"]));
    text
}

/// What an output says of itself in its marker: the files that were written, by path, and whether
/// each was only carried over from the site before.
pub fn written_files(place: &Path) -> Vec<(String, bool)> {
    let Ok(text) = fs::read_to_string(place.join(MARKER)) else { return Vec::new() };
    let entry = |line: &str| match line.strip_prefix("+ ") {
        Some(entry) => (kept_file(entry).0.to_owned(), true),
        None => (line.to_owned(), false),
    };
    text.lines().skip(1).map(entry).collect()
}

/// The files that a marker says were carried over from the site before, with the SHA-256 of each.
pub fn kept_files(marker: &str) -> Vec<(String, String)> {
    let entries = marker.lines().skip(1).filter_map(|line| line.strip_prefix("+ "));
    entries.map(kept_file).map(|(path, hash)| (path.to_owned(), hash.to_owned())).collect()
}

/// An entry of a file carried over: its path and its hash; markers of old have the path alone.
fn kept_file(entry: &str) -> (&str, &str) {
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match entry.split_once(' ').filter(|(hash, _)| is_hash(hash)) {
        Some((hash, path)) => (path, hash),
        None => (entry, ""),
    }
}

/// A file in an output of ours that is not ours: it would be lost with the next build.
fn foreign_file(place: &Path, listing: Listing) -> Option<String> {
    let written: std::collections::HashSet<String> =
        written_files(place).into_iter().map(|(path, _)| path).collect();
    if written.is_empty() {
        return None; // Made before the marker had a list.
    }
    // A signature is made after the build, by whoever may; the next build decides about it.
    let is_ours = |path: &String| path == MARKER || path == SIGNATURE || written.contains(path);
    listing.files.into_iter().find(|path| !is_ours(path))
}

/// Says whether what stands at `place` may be replaced: nothing, an empty folder or our own.
/// Returns whether there is a folder.
pub fn check_content(place: &Path) -> Result<bool, OutputError> {
    let refuse = |why: &str| OutputError::Refused { path: place.to_owned(), why: why.to_owned() };
    let failed = |error| OutputError::disk("look at", place, error);
    let metadata = match fs::symlink_metadata(place) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(error)),
    };
    if metadata.is_symlink() {
        return Err(refuse("it is a symbolic link; name the folder itself"));
    }
    if !metadata.is_dir() {
        return Err(refuse("it is a file"));
    }
    if fs::symlink_metadata(place.join(".git")).is_ok() {
        return Err(refuse("it is a git work tree"));
    }
    let empty = fs::read_dir(place).map_err(failed)?.next().is_none();
    let ours = fs::symlink_metadata(place.join(MARKER)).is_ok_and(|marker| marker.is_file());
    if !empty && !ours {
        return Err(refuse(&format!(
            "it is not empty and has no `{MARKER}`, so it was not made by this program; \
             empty it yourself or name another folder"
        )));
    }
    let listing = list(place);
    if let Some((path, why)) = listing.unread.first() {
        let path = crate::source::escape(path);
        return Err(refuse(&format!("`{path}` in it cannot be looked into: {why}")));
    }
    // Another build may end between the look at the files and that at the marker: both are looked at again.
    let foreign = foreign_file(place, listing).and_then(|_| foreign_file(place, list(place)));
    if let Some(path) = foreign {
        let path = crate::source::escape(&path);
        return Err(refuse(&format!(
            "`{path}` in it was not written by this program and would be lost; \
             move it to `static/` of the site, from where it is published, or away"
        )));
    }
    Ok(true)
}

/// The path with every link and `..` before its last part resolved; the folders above it need not
/// exist yet. `None` where there is no last part to create or replace.
fn real_place(path: &Path) -> Result<Option<PathBuf>, OutputError> {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(None);
    };
    match fs::canonicalize(parent) {
        Ok(parent) => Ok(Some(parent.join(name))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let last = parent.components().next_back();
            if !matches!(last, Some(Component::Normal(_))) {
                return Ok(None);
            }
            Ok(real_place(parent)?.map(|parent| parent.join(name)))
        }
        Err(error) => Err(OutputError::disk("find", parent, error)),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Everything below `folder`, with contents, to see that nothing was touched.
    fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut entries: Vec<_> = walkdir::WalkDir::new(folder)
            .into_iter()
            .map(|entry| entry.expect("lists").into_path())
            .map(|path| (path.clone(), fs::read(path).unwrap_or_default()))
            .collect();
        entries.sort();
        entries
    }

    #[test]
    fn refuses_every_folder_that_is_not_ours() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let home = place.path().join("home");
        let root = home.join("sites/tax");
        for folder in ["content/a", "regulations", "templates", "src", ".git", "full", "tree/.git"]
        {
            fs::create_dir_all(root.join(folder)).expect("creates");
        }
        fs::create_dir_all(place.path().join("elsewhere/.git")).expect("creates");
        fs::write(root.join("file"), "x").expect("writes");
        fs::write(root.join("full/mine"), "x").expect("writes");
        fs::write(root.join("tree").join(MARKER), "x").expect("writes");
        symlink("full", root.join("link")).expect("links");
        symlink("content", root.join("way-in")).expect("links");
        symlink("nowhere", root.join("dangling")).expect("links");
        let before = snapshot(place.path());

        let elsewhere = place.path().join("elsewhere");
        let cases: Vec<(&Path, &str)> = vec![
            (Path::new("/"), "root of the file system"),
            (&home, "your home folder"),
            (place.path(), "your home folder lies in it"),
            (&root, "the site's own folder"),
            (Path::new("."), "the site's own folder"),
            (Path::new(""), "the site's own folder"),
            (Path::new(".."), "root of the file system, or its name is `..`"),
            (Path::new("content/.."), "its name is `..`"),
            (Path::new("../../sites"), "the site's folder lies in it"),
            (Path::new("content"), "lies in `content`"),
            (Path::new("content/a"), "lies in `content`"),
            (Path::new("content/new/deep"), "lies in `content`"),
            (Path::new("full/../regulations/x"), "lies in `regulations`"),
            (Path::new("regulations"), "lies in `regulations`"),
            (Path::new("templates/out"), "lies in `templates`"),
            (Path::new("src/out"), "lies in `src`"),
            (Path::new(".git/out"), "lies in `.git`"),
            (Path::new("way-in/a"), "lies in `content`"),
            (Path::new("file"), "it is a file"),
            (Path::new("full"), "not empty and has no"),
            (Path::new("tree"), "a git work tree"),
            (Path::new("link"), "symbolic link"),
            (Path::new("dangling"), "symbolic link"),
            (Path::new("none/../content"), "its name is `..`"),
            (&elsewhere, "a git work tree"),
        ];
        for (output, why) in cases {
            let refused = find(&root, output, Some(&home)).expect_err("is refused").to_string();
            assert!(refused.contains(why), "{}: {refused}", output.display());
        }
        assert_eq!(snapshot(place.path()), before);
    }

    #[test]
    fn accepts_a_new_an_empty_and_an_own_folder() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = fs::canonicalize(place.path()).expect("is there").join("site");
        fs::create_dir_all(root.join("empty")).expect("creates");
        fs::create_dir_all(root.join("public")).expect("creates");
        fs::write(root.join("public").join(MARKER), "").expect("writes");
        for output in ["new", "empty", "public", "dist/deep/public", "../beside"] {
            let found = find(&root, Path::new(output), None).expect("is accepted");
            let expected = output.strip_prefix("../");
            let expected = expected.map_or(root.join(output), |name| place_of(&root, name));
            assert_eq!(found, expected);
        }
    }

    fn place_of(root: &Path, name: &str) -> PathBuf {
        root.parent().expect("has a parent").join(name)
    }
}
