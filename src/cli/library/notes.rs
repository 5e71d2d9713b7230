//! What the library's regulations were like when the site took them, so that a newer program can
//! say which of their files it has changed. A file of the site's tools, not of its records.

use std::collections::BTreeMap;
use std::path::Path;

use crate::source::{embedded, read_bytes, sha256};

/// Where the site keeps it.
pub const PLACE: &str = ".clausebook/library.json";

/// The hash of each file of a regulation, by name.
type Files = BTreeMap<String, String>;

fn hashes(files: &[(String, Vec<u8>)]) -> Files {
    files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect()
}

/// The file for these regulations as the program has them.
pub fn text(ids: &[String]) -> String {
    let of = |id: &String| (id.clone(), hashes(&embedded::regulation(id)));
    let noted: BTreeMap<String, Files> = ids.iter().map(of).collect();
    serde_json::to_string_pretty(&noted).unwrap_or_default() + "\n"
}

/// What a site has noted; nothing if it has not, or nobody can read it.
pub fn read(root: &Path) -> BTreeMap<String, Files> {
    let bytes = read_bytes(&root.join(PLACE), 1 << 20).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// What is otherwise now, file by file.
pub fn differences(noted: &Files, now: &[(String, Vec<u8>)]) -> Vec<String> {
    let now = hashes(now);
    let mut found = Vec::new();
    for (name, hash) in &now {
        match noted.get(name) {
            Some(old) if old == hash => {}
            Some(_) => found.push(format!("{name} changed")),
            None => found.push(format!("{name} is new")),
        }
    }
    let gone = noted.keys().filter(|name| !now.contains_key(*name));
    found.extend(gone.map(|name| format!("{name} is gone")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_that_is_otherwise_is_named() {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let noted = hashes(&[file("a", "1"), file("b", "1"), file("c", "1")]);
        let now = [file("a", "1"), file("b", "2"), file("d", "1")];
        assert_eq!(differences(&noted, &now), ["b changed", "d is new", "c is gone"]);
        assert!(differences(&noted, &[file("a", "1"), file("b", "1"), file("c", "1")]).is_empty());
    }
}
