//! The library of regulations that came with the program: a site that names one of them and holds
//! no folder of that name is read as if it held the library's. A folder of the site's own, whatever
//! is in it, always takes the place of the library's, whole.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::hash::{hex, sha256};
use super::read::text;
use super::walk::REGULATION_LIMIT;
use super::{Area, Content, FileId, SourceFile, SourceTree, embedded};
use crate::diagnostic::Diagnostics;

/// Adds the regulations of the library with these ids to a tree; names the library does not have
/// are passed over, they are the model's to report. The places of diagnostics are kept right.
pub fn add_library(
    tree: SourceTree,
    diagnostics: Diagnostics,
    ids: &BTreeSet<String>,
) -> (SourceTree, Diagnostics) {
    let held = |id: &str| {
        let folder = format!("regulations/{id}/");
        tree.files.iter().any(|file| file.path.starts_with(&folder))
    };
    let had = embedded::regulation_ids();
    let wanted = ids.intersection(&had).filter(|id| !held(id));
    let new: Vec<SourceFile> = wanted.flat_map(|id| files(id)).collect();
    if new.is_empty() {
        return (tree, diagnostics);
    }
    let mut files: Vec<(Option<u32>, SourceFile)> =
        (0..).map(Some).zip(tree.files).chain(new.into_iter().map(|file| (None, file))).collect();
    files.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
    let mut moved = vec![FileId(0); files.len()];
    for ((old, _), new) in files.iter().zip((0..).map(FileId)) {
        if let Some(old) = old {
            moved[*old as usize] = new;
        }
    }
    let mut diagnostics = diagnostics;
    let place = |id: &mut FileId| *id = moved.get(id.0 as usize).copied().unwrap_or(*id);
    for diagnostic in &mut diagnostics {
        place(&mut diagnostic.span.file);
        diagnostic.related.iter_mut().for_each(|(span, _)| place(&mut span.file));
    }
    let files = files.into_iter().map(|(_, file)| file).collect();
    (SourceTree { files }, diagnostics)
}

/// The files of a regulation of the library as they would be read from a site's folder.
fn files(id: &str) -> Vec<SourceFile> {
    let file = |(name, bytes): (String, Vec<u8>)| {
        let path = format!("regulations/{id}/{name}");
        if name.contains('/') {
            let sha256 = sha256(&bytes);
            let head = bytes.iter().copied().take(512).collect();
            let content = Content::Binary { size: bytes.len() as u64, sha256, head };
            return SourceFile { path, area: Area::Attachment, content };
        }
        // Its place is not known yet; the library's texts are sound, a test says so.
        let (content, _) = text(FileId(0), Area::Regulation, &path, bytes, REGULATION_LIMIT);
        SourceFile { path, area: Area::Regulation, content }
    };
    embedded::regulation(id).into_iter().map(file).collect()
}

/// What tells one state of a regulation's folder from another: the SHA-256, in hexadecimal, over
/// the names and bytes of its files, in order.
pub fn library_digest(files: &[(String, Vec<u8>)]) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in files {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::Span;

    fn file(path: &str) -> SourceFile {
        let content = Content::Text(String::new());
        SourceFile { path: path.to_owned(), area: Area::Record, content }
    }

    #[test]
    fn places_stay_right_when_files_come_in_between() {
        let id = embedded::regulation_ids().into_iter().next().expect("a library");
        let tree = SourceTree { files: vec![file("content/a.yaml"), file("templates/z.html")] };
        let fault = Diagnostic::new(Code::UnexpectedFile, Span::start_of(FileId(1)), "z")
            .related(Span::start_of(FileId(0)), "a");
        let (tree, faults) = add_library(tree, vec![fault], &BTreeSet::from([id.clone()]));
        assert_eq!(tree.file(faults[0].span.file).path, "templates/z.html");
        assert_eq!(tree.file(faults[0].related[0].0.file).path, "content/a.yaml");
        assert!(tree.find(&format!("regulations/{id}/regulation.yaml")).is_some());
        assert!(tree.files.is_sorted_by(|a, b| a.path < b.path));
    }

    #[test]
    fn a_folder_of_the_sites_own_takes_the_place_of_the_librarys() {
        let id = embedded::regulation_ids().into_iter().next().expect("a library");
        let own = format!("regulations/{id}/regulation.yaml");
        let tree = SourceTree { files: vec![file(&own)] };
        let ids = BTreeSet::from([id, "no-such-regulation".to_owned()]);
        let (tree, _) = add_library(tree, Vec::new(), &ids);
        assert_eq!(tree.files.len(), 1);
    }
}
