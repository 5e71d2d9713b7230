//! Whether a published folder is what its manifest says: every file there, none more, each byte the
//! same; the manifest's own hash, the list of what was written and the signature too. Reads, and
//! writes nothing but a signature that was asked for.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::claim::path_fault;
use super::error::OutputError;
use super::folder::{Listing, PublishedFolder, list};
use super::manifest::{Entry, MANIFEST, MANIFEST_HASH, SIGNATURE, hash_line, read};
use super::seal::{self, SealError, Signed, Signer};
use super::target::{MARKER, is_kept_once, kept_files, marker_text};
use crate::source::{escape, sha256};

/// Something that is not as it was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// From the root of the folder.
    pub file: String,
    pub message: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Sorted by file.
    pub faults: Vec<Fault>,
    /// The files of the manifest.
    pub files: usize,
    /// Files of the site before, kept for its readers: the manifest does not cover them.
    pub kept: usize,
    pub as_of: String,
    pub program: String,
    /// The manifest's own SHA-256.
    pub manifest: String,
    pub signed: Option<Signed>,
}

/// Why a manifest was not signed.
#[derive(Debug)]
pub enum SignError {
    Seal(SealError),
    Output(OutputError),
}

/// Checks the folder at `place`. With `signers` a missing signature is a fault. `on` is the day as
/// `YYYYMMDD` that their bounds are held to.
pub fn check_folder(
    place: &Path,
    signers: Option<&[Signer]>,
    on: &str,
) -> Result<Checked, OutputError> {
    let folder = PublishedFolder::hold(place)?;
    let bytes = folder.read_or_fail(MANIFEST)?;
    let mut checked = Checked { manifest: sha256(&bytes), ..Checked::default() };
    let mut faults = Vec::new();
    let mut say = |file: &str, message: String| {
        faults.push(Fault { file: escape(file), message });
    };
    if folder.read(MANIFEST_HASH).as_deref() != Some(hash_line(&bytes).as_bytes()) {
        say(MANIFEST_HASH, format!("it does not give the hash of `{MANIFEST}`"));
    }
    match str::from_utf8(&bytes).ok().and_then(read) {
        None => say(MANIFEST, "it is no manifest as this program writes it".to_owned()),
        Some((head, files)) => {
            (checked.as_of, checked.program) = (head.as_of, head.program);
            checked.files = files.len();
            let compared: Vec<Option<(&String, String)>> = files
                .par_iter()
                .map(|(path, entry)| Some((path, differs(&folder, path, entry)?)))
                .collect();
            for (path, message) in compared.into_iter().flatten() {
                say(path, message);
            }
            let kept = kept(&folder, &files, &mut say);
            checked.kept = kept.len();
            let Listing { files: all, unread } = list(place);
            for (path, why) in unread {
                say(&path, format!("it cannot be looked into: {why}"));
            }
            let own = [MANIFEST, MANIFEST_HASH, SIGNATURE, MARKER];
            let is_own = |path: &&String| {
                own.contains(&path.as_str()) || files.contains_key(*path) || kept.contains(*path)
            };
            for path in all.iter().filter(|path| !is_own(path)) {
                say(path, "the manifest does not have it".to_owned());
            }
        }
    }
    match folder.read(SIGNATURE) {
        Some(signature) => match seal::check(&signature, &bytes, signers, on) {
            Ok(signed) => checked.signed = Some(signed),
            Err(error) => say(SIGNATURE, error.message),
        },
        None if folder.has(SIGNATURE) => say(SIGNATURE, "it cannot be read".to_owned()),
        None if signers.is_some() => say(SIGNATURE, "the manifest is not signed".to_owned()),
        None => {}
    }
    faults.sort();
    faults.dedup();
    checked.faults = faults;
    Ok(checked)
}

/// How a file differs from its entry; `None` if it does not.
fn differs(folder: &PublishedFolder, path: &str, entry: &Entry) -> Option<String> {
    if let Some(why) = path_fault(path) {
        return Some(format!("its path is none of a site: {why}"));
    }
    match folder.hash(path) {
        None if folder.has(path) => Some("it is a link, no file, or cannot be read".to_owned()),
        None => Some("it is missing".to_owned()),
        Some((size, _)) if size != entry.size => {
            Some(format!("{size} bytes, where the manifest has {}", entry.size))
        }
        Some((_, hash)) if hash != entry.sha256 => {
            Some("its bytes are not those of the manifest".to_owned())
        }
        Some(_) => None,
    }
}

/// The files of the site before that are carried once more, as the marker has them. A copy without the
/// marker, as servers often keep one, has none.
fn kept(
    folder: &PublishedFolder,
    files: &BTreeMap<String, Entry>,
    say: &mut impl FnMut(&str, String),
) -> HashSet<String> {
    let marker = folder.read(MARKER).and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(marker) = marker else {
        if folder.has(MARKER) {
            say(MARKER, "it cannot be read".to_owned());
        }
        return HashSet::new();
    };
    let all = kept_files(&marker);
    let mut own: Vec<&str> =
        files.keys().map(String::as_str).chain([MANIFEST, MANIFEST_HASH]).collect();
    own.sort_unstable();
    if marker != marker_text(own, &all) {
        say(MARKER, "it does not say what was written".to_owned());
    }
    // Anything else with such a line is no file of ours.
    let (kept, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(path, _)| is_kept_once(path) && path_fault(path).is_none());
    if !others.is_empty() {
        say(MARKER, "it says that files were kept that are none to keep".to_owned());
    }
    for (path, hash) in &kept {
        if folder.hash(path).is_none_or(|(_, is)| is != *hash) {
            say(path, format!("it is not what was kept of the site before (`{MARKER}`)"));
        }
    }
    kept.into_iter().map(|(path, _)| path).collect()
}

/// Signs the manifest of the published folder `place` with the private key in the file `key`, which
/// has the bytes `bytes`; the signature is put beside it in one step. Refuses a folder whose manifest is
/// not the one that was written.
pub fn sign_manifest(place: &Path, key: &Path, bytes: &[u8]) -> Result<Signed, SignError> {
    let disk = |doing, path: &Path, error| SignError::Output(OutputError::disk(doing, path, error));
    let place = &fs::canonicalize(place).map_err(|error| disk("find", place, error))?;
    let path = place.join(MANIFEST);
    let _lock = super::write::lock_of(place).map_err(SignError::Output)?;
    let manifest = fs::read(&path).map_err(|error| disk("read", &path, error))?;
    let noted = fs::read(place.join(MANIFEST_HASH)).unwrap_or_default();
    if noted != hash_line(&manifest).as_bytes() {
        return Err(SignError::Output(OutputError::Refused {
            path,
            why: format!("`{MANIFEST_HASH}` gives another hash; build again"),
        }));
    }
    let (text, signed) = seal::sign(key, bytes, &manifest).map_err(SignError::Seal)?;
    super::new::write_over(place, SIGNATURE, text.as_bytes()).map_err(SignError::Output)?;
    Ok(signed)
}
