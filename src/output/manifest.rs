//! The manifest: every file of a build with its size and SHA-256. It proves that a copy is unchanged;
//! who made it, only a signature says. Its own hash stands beside it, in a form `sha256sum -c` reads:
//! no page that it covers can hold that hash.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::source::sha256;

/// The manifest, from the root of the output.
pub const MANIFEST: &str = "manifest.json";
/// The manifest's own hash.
pub const MANIFEST_HASH: &str = "manifest.sha256";
/// The detached signature of the manifest, as `ssh-keygen -Y sign` names it.
pub const SIGNATURE: &str = "manifest.json.sig";
/// The version of the manifest's form; raised when a key comes, changes its meaning or goes away.
const SCHEMA: u64 = 1;

/// A file of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In lower-case hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// What a manifest says besides its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestHead {
    /// The program and its version.
    pub program: String,
    /// The day the site was judged as of, ISO.
    pub as_of: String,
    /// What the build is named by, if who built it said so.
    pub build: Option<String>,
}

/// The files as they are written, from several threads at once.
#[derive(Debug, Default)]
pub struct Manifest(Mutex<BTreeMap<String, Entry>>);

impl Manifest {
    /// Takes in a file with its bytes.
    pub fn add(&self, path: &str, bytes: &[u8]) {
        self.add_hashed(path, sha256(bytes), bytes.len() as u64);
    }

    /// Takes in a file whose hash is known.
    pub fn add_hashed(&self, path: &str, sha256: String, size: u64) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), Entry { sha256, size });
    }

    /// The text of the manifest of all files so far.
    pub fn text(&self, head: &ManifestHead) -> String {
        text(head, &self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The manifest's text: one file a line, sorted by path, so that two can be compared by lines.
pub fn text(head: &ManifestHead, files: &BTreeMap<String, Entry>) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let mut text = format!(
        "{{\n\"schema\": {SCHEMA},\n\"program\": {},\n\"as_of\": {},\n\"build\": {},\n\"files\": {{\n",
        quoted(&head.program),
        quoted(&head.as_of),
        head.build.as_deref().map_or_else(|| "null".to_owned(), quoted),
    );
    for (place, (path, Entry { sha256, size })) in files.iter().enumerate() {
        let comma = if place + 1 < files.len() { "," } else { "" };
        let path = quoted(path);
        _ = writeln!(text, "{path}: {{\"sha256\": \"{sha256}\", \"size\": {size}}}{comma}");
    }
    text + "}\n}\n"
}

/// The text of [`MANIFEST_HASH`].
pub fn hash_line(manifest: &[u8]) -> String {
    format!("{}  {MANIFEST}\n", sha256(manifest))
}

/// Reads a manifest; `None` if it is none of ours, or not written as we write it.
pub fn read(manifest: &str) -> Option<(ManifestHead, BTreeMap<String, Entry>)> {
    let value: Value = serde_json::from_str(manifest).ok()?;
    (value.get("schema")?.as_u64()? == SCHEMA).then_some(())?;
    let word = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let head = ManifestHead {
        program: word("program")?,
        as_of: word("as_of")?,
        build: value.get("build")?.as_str().map(str::to_owned),
    };
    let mut files = BTreeMap::new();
    for (path, entry) in value.get("files")?.as_object()? {
        let sha256 = entry.get("sha256")?.as_str()?.to_owned();
        files.insert(path.clone(), Entry { sha256, size: entry.get("size")?.as_u64()? });
    }
    // A key twice, another order, a space more: nobody shall read it otherwise than we do.
    (text(&head, &files) == manifest).then_some((head, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> ManifestHead {
        ManifestHead { program: "p 1".into(), as_of: "2026-11-21".into(), build: None }
    }

    #[test]
    fn is_read_as_it_was_written() {
        let manifest = Manifest::default();
        manifest.add("b/紀錄 \"1\".pdf", b"abc");
        manifest.add("a.html", b"");
        let text = manifest.text(&head());
        let (read_head, files) = read(&text).expect("a manifest");
        assert_eq!(read_head, head());
        assert_eq!(files.keys().collect::<Vec<_>>(), ["a.html", "b/紀錄 \"1\".pdf"]);
        // The SHA-256 of "abc", as the standard (FIPS 180-2, B.1) has it.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(files["b/紀錄 \"1\".pdf"], Entry { sha256: abc.to_owned(), size: 3 });
        assert_eq!(hash_line(b"abc"), format!("{abc}  manifest.json\n"));
    }

    #[test]
    fn what_another_reader_could_take_otherwise_is_no_manifest() {
        let manifest = Manifest::default();
        manifest.add("a.html", b"abc");
        let text = manifest.text(&head());
        let line = text.lines().find(|line| line.contains("a.html")).expect("a line");
        let twice = text.replace(line, &format!("{line},\n{line}"));
        for other in [text.replace(": 1", ": 2"), text.replace(' ', ""), twice, String::new()] {
            assert_eq!(read(&other), None, "{other}");
        }
    }
}
