//! Whether a published folder is what its manifest says: every file there, none more, each byte the
//! same; the manifest's own hash, the list of what was written and the signature too. Reads, and
//! writes nothing but a signature that was asked for.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use rayon::prelude::*;

use super::error::OutputError;
use super::manifest::{Entry, MANIFEST, MANIFEST_HASH, SIGNATURE, hash_line, read};
use super::seal::{self, SealError, Signed, Signer};
use super::target::{KEPT_ONCE, MARKER, kept_files, marker_text};
use crate::source::{escape, hash_reader, sha256};

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
    let path = place.join(MANIFEST);
    let bytes = fs::read(&path).map_err(|error| OutputError::disk("read", &path, error))?;
    let mut checked = Checked { manifest: sha256(&bytes), ..Checked::default() };
    let mut faults = Vec::new();
    let mut say = |file: &str, message: String| {
        faults.push(Fault { file: escape(file), message });
    };
    if fs::read(place.join(MANIFEST_HASH)).ok().as_deref() != Some(hash_line(&bytes).as_bytes()) {
        say(MANIFEST_HASH, format!("it does not give the hash of `{MANIFEST}`"));
    }
    match str::from_utf8(&bytes).ok().and_then(read) {
        None => say(MANIFEST, "it is no manifest as this program writes it".to_owned()),
        Some((head, files)) => {
            (checked.as_of, checked.program) = (head.as_of, head.program);
            checked.files = files.len();
            let compared: Vec<Option<(&String, String)>> = files
                .par_iter()
                .map(|(path, entry)| Some((path, differs(place, path, entry)?)))
                .collect();
            for (path, message) in compared.into_iter().flatten() {
                say(path, message);
            }
            let kept = kept(place, &files, &mut say);
            checked.kept = kept.len();
            for path in strangers(place, &files, &kept) {
                say(&path, "the manifest does not have it".to_owned());
            }
        }
    }
    match fs::read(place.join(SIGNATURE)) {
        Ok(signature) => match seal::check(&signature, &bytes, signers, on) {
            Ok(signed) => checked.signed = Some(signed),
            Err(error) => say(SIGNATURE, error.message),
        },
        Err(_) if place.join(SIGNATURE).exists() => say(SIGNATURE, "it cannot be read".to_owned()),
        Err(_) if signers.is_some() => say(SIGNATURE, "the manifest is not signed".to_owned()),
        Err(_) => {}
    }
    faults.sort();
    faults.dedup();
    checked.faults = faults;
    Ok(checked)
}

/// How a file differs from its entry; `None` if it does not.
fn differs(place: &Path, path: &str, entry: &Entry) -> Option<String> {
    if !is_within(path) {
        return Some("its path leads out of the folder".to_owned());
    }
    match hash_of(&place.join(path)) {
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

/// The size and the SHA-256 of a file, read in pieces; `None` if it is none or cannot be read.
fn hash_of(path: &Path) -> Option<(u64, String)> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    hash_reader(File::open(path).ok()?, |_| Ok(())).ok()
}

/// The files of the site before that are carried once more, as the marker has them. A copy without the
/// marker, as servers often keep one, has none.
fn kept(
    place: &Path,
    files: &BTreeMap<String, Entry>,
    say: &mut impl FnMut(&str, String),
) -> Vec<String> {
    let Ok(marker) = fs::read_to_string(place.join(MARKER)) else {
        if place.join(MARKER).exists() {
            say(MARKER, "it cannot be read".to_owned());
        }
        return Vec::new();
    };
    let kept: Vec<(String, String)> =
        kept_files(place).into_iter().filter(|(path, _)| is_within(path)).collect();
    for (path, hash) in &kept {
        if hash_of(&place.join(path)).is_none_or(|(_, is)| is != *hash) {
            say(path, format!("it is not what was kept of the site before (`{MARKER}`)"));
        }
    }
    // Anything else with such a line is no file of ours.
    if kept.iter().any(|(path, _)| !KEPT_ONCE.iter().any(|folder| path.starts_with(folder))) {
        say(MARKER, "it says that files were kept that are none to keep".to_owned());
    }
    let mut own: Vec<&str> =
        files.keys().map(String::as_str).chain([MANIFEST, MANIFEST_HASH]).collect();
    own.sort_unstable();
    if marker != marker_text(own, &kept) {
        say(MARKER, "it does not say what was written".to_owned());
    }
    kept.into_iter().map(|(path, _)| path).collect()
}

/// Files that nobody wrote.
fn strangers(place: &Path, files: &BTreeMap<String, Entry>, kept: &[String]) -> Vec<String> {
    let entries = walkdir::WalkDir::new(place).sort_by_file_name().into_iter().flatten();
    let paths = entries.filter(|entry| !entry.file_type().is_dir()).filter_map(|entry| {
        let relative = entry.path().strip_prefix(place).ok()?;
        Some(relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
    });
    let is_own = |path: &String| {
        [MANIFEST, MANIFEST_HASH, SIGNATURE, MARKER].contains(&path.as_str())
            || files.contains_key(path)
            || kept.contains(path)
    };
    paths.filter(|path| !is_own(path)).collect()
}

/// Whether a path of a manifest stays in the folder.
fn is_within(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
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
