//! A publication in the making: files are written to a folder beside the output, and one swap puts
//! it in the output's place. Until then the output is not touched; if anything fails, or the
//! program is killed, it stays as it was, and the next build clears what is left.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::RwLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::OutputError;
use super::claim::Claims;
use super::disk::Disk;
use super::interrupt;
use super::lock::Lock;
use super::manifest::{MANIFEST, MANIFEST_HASH, Manifest, ManifestHead, SIGNATURE, hash_line};
use super::target::{self, MARKER};
use crate::render::{OutputContent, OutputFile};
use crate::source::{Folder, sha256};

/// A site on its way to the output. Dropped without [`publish`](Self::publish), it leaves nothing.
#[derive(Debug)]
pub struct Staging {
    root: PathBuf,
    output: PathBuf,
    folder: PathBuf,
    /// Folders known to be there, relative to `folder`.
    folders: RwLock<HashSet<String>>,
    claims: Claims,
    bytes: AtomicU64,
    manifest: Manifest,
    /// The text of the manifest, once it is written.
    sealed: Option<String>,
    published: bool,
    disk: Disk,
    /// Last, because fields are dropped in their order: held until the folder is gone.
    _lock: Lock,
}

/// How to publish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublishOptions {
    /// Waits until the site is on the medium before the swap, so that a power cut cannot leave
    /// half of it. Costs one wait for all files together.
    pub durable: bool,
}

/// A site that is in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How many files, the marker included.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// The SHA-256 of the manifest, if there is one.
    pub manifest: Option<String>,
    /// What went wrong after the swap, such as an old site that could not be deleted. The new site
    /// is in place all the same.
    pub warnings: Vec<String>,
}

impl Staging {
    /// Begins a publication to `output`, relative to the site's folder `root` (which is absolute).
    /// Refuses an output that is not ours to replace, and one that another build is writing to.
    pub fn begin(root: &Path, output: &Path) -> Result<Self, OutputError> {
        Self::begin_on(Disk::default(), root, output)
    }

    fn begin_on(disk: Disk, root: &Path, output: &Path) -> Result<Self, OutputError> {
        interrupt::listen();
        // Whatever the caller's mask: a site is there to be read by the server.
        super::system::make_readable();
        let home = std::env::home_dir();
        let output = target::find(root, output, home.as_deref())?;
        let parent = output.parent().expect("the root of the file system was refused");
        disk.create_folder(parent).map_err(|e| OutputError::disk("create", parent, e))?;
        let lock = lock_of(&output)?;
        clear_leftovers(&disk, &output)?;
        let folder = sibling(&output, &format!("staging-{}", std::process::id()));
        let staging = Self {
            root: root.to_owned(),
            output,
            folder,
            folders: RwLock::new(HashSet::from([String::new()])),
            claims: Claims::default(),
            bytes: AtomicU64::new(0),
            manifest: Manifest::default(),
            sealed: None,
            published: false,
            disk,
            _lock: lock,
        };
        staging.create(&staging.folder)?;
        staging.claims.claim(MARKER)?;
        Ok(staging)
    }

    /// Writes one file. May be called from several threads at once.
    pub fn write(&self, file: OutputFile) -> Result<(), OutputError> {
        if interrupt::is_asked() {
            return Err(OutputError::Interrupted);
        }
        self.claims.claim(&file.path)?;
        let (parent, _) = file.path.rsplit_once('/').unwrap_or_default();
        self.ensure_folder(parent)?;
        let path = self.folder.join(&file.path);
        let failed = |error| OutputError::disk("write", &path, error);
        let length = match file.content {
            OutputContent::Bytes(bytes) => {
                self.disk.write(&path, &bytes).map_err(failed)?;
                self.manifest.add(&file.path, &bytes);
                bytes.len() as u64
            }
            OutputContent::Copy { from, sha256 } => {
                let relative = from.strip_prefix(&self.root).unwrap_or(&from);
                let mut input = Folder::hold(&self.root)
                    .and_then(|root| root.open(relative))
                    .map_err(|error| OutputError::disk("read", &from, error))?;
                let (length, copied) = self.disk.copy(&mut input, &path).map_err(failed)?;
                if copied != sha256 {
                    return Err(OutputError::Changed { path: from });
                }
                self.manifest.add_hashed(&file.path, copied, length);
                length
            }
        };
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Writes the manifest of every file so far, and its own hash beside it: the last files of a site.
    pub fn seal(&mut self, head: &ManifestHead) -> Result<(), OutputError> {
        let text = self.manifest.text(head);
        let files = [(MANIFEST, text.clone()), (MANIFEST_HASH, hash_line(text.as_bytes()))];
        for (path, text) in files {
            self.write(OutputFile::new(path, text))?;
        }
        self.sealed = Some(text);
        Ok(())
    }

    /// Puts the site in the output's place, in one step where the system has one, and deletes what
    /// stood there. An error means that the output is as it was.
    pub fn publish(mut self, options: PublishOptions) -> Result<Published, OutputError> {
        let unsigned = self.keep_signature()?;
        self.finish_writing()?;
        if options.durable {
            let failed = |error| OutputError::disk("settle", &self.folder, error);
            self.disk.settle(&self.folder).map_err(failed)?;
        }
        // Looked at once more: someone may have put files there while we were writing.
        let replaced = target::check_content(&self.output)?;
        let old = if replaced { self.swap()? } else { self.move_in()? };
        self.published = true;

        let mut warnings: Vec<String> = unsigned.into_iter().collect();
        let parent = self.output.parent().expect("the root of the file system was refused");
        if options.durable
            && let Err(error) = self.disk.settle_names(parent)
        {
            warnings.push(OutputError::disk("settle", parent, error).to_string());
        }
        if let Some(old) = old
            && let Err(error) = self.keep_for_a_rollback(&old)
        {
            warnings.push(OutputError::disk("put away the old site in", &old, error).to_string());
        }
        warnings.extend(long_paths(&self.claims.paths()));
        let bytes = self.bytes.load(Ordering::Relaxed);
        let manifest = self.sealed.as_ref().map(|text| sha256(text.as_bytes()));
        Ok(Published { files: self.claims.count(), bytes, manifest, warnings })
    }

    /// Carries over what readers of the site before may still ask for, and writes the marker.
    fn finish_writing(&self) -> Result<(), OutputError> {
        let mut own = self.claims.paths();
        own.retain(|path| path != MARKER && path != SIGNATURE);
        let mut carried_over = Vec::new();
        for (path, carried) in target::written_files(&self.output) {
            if carried || !target::is_kept_once(&path) || own.binary_search(&path).is_ok() {
                continue;
            }
            let (from, to) = (self.output.join(&path), self.folder.join(&path));
            let Ok(bytes) = fs::read(&from) else { continue };
            if self.claims.claim(&path).is_err() {
                continue;
            }
            self.ensure_folder(path.rsplit_once('/').unwrap_or_default().0)?;
            self.disk.write(&to, &bytes).map_err(|e| OutputError::disk("write", &to, e))?;
            carried_over.push((path, sha256(&bytes)));
        }
        let text = target::marker_text(own.iter().map(String::as_str), &carried_over);
        let marker = self.folder.join(MARKER);
        let failed = |error| OutputError::disk("write", &marker, error);
        self.disk.write(&marker, text.as_bytes()).map_err(failed)?;
        self.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Carries over the signature of the site before if it is of this very manifest. Any other would
    /// accuse the site of having been changed: it stays with the site it was made for, and the
    /// sentence to say so is given back.
    fn keep_signature(&self) -> Result<Option<String>, OutputError> {
        let Ok(signature) = fs::read(self.output.join(SIGNATURE)) else { return Ok(None) };
        let before = fs::read(self.output.join(MANIFEST)).unwrap_or_default();
        if self.sealed.as_ref().is_none_or(|text| text.as_bytes() != before) {
            return Ok(Some(format!(
                "`{SIGNATURE}` is of the site before and not published any more: the manifest is \
                 another one now; sign it anew (`clausebook sign --key KEY`)"
            )));
        }
        self.claims.claim(SIGNATURE)?;
        let to = self.folder.join(SIGNATURE);
        self.disk.write(&to, &signature).map_err(|e| OutputError::disk("write", &to, e))?;
        Ok(None)
    }

    /// Puts the site before beside the output, so that one rename brings it back.
    fn keep_for_a_rollback(&self, old: &Path) -> std::io::Result<()> {
        let previous = sibling(&self.output, PREVIOUS);
        if fs::symlink_metadata(&previous).is_ok() {
            self.disk.remove_folder(&previous)?;
        }
        self.disk.rename(old, &previous)
    }

    /// Puts the site where nothing stands.
    fn move_in(&self) -> Result<Option<PathBuf>, OutputError> {
        let failed = |error| OutputError::disk("publish to", &self.output, error);
        self.disk.rename(&self.folder, &self.output).map_err(failed)?;
        Ok(None)
    }

    /// Puts the site in the place of another one, and returns where that one is now.
    fn swap(&self) -> Result<Option<PathBuf>, OutputError> {
        let failed = |error| OutputError::disk("publish to", &self.output, error);
        if self.disk.exchange(&self.folder, &self.output).map_err(failed)? {
            return Ok(Some(self.folder.clone()));
        }
        let old = sibling(&self.output, &format!("old-{}", std::process::id()));
        self.disk.rename(&self.output, &old).map_err(failed)?;
        if let Err(error) = self.disk.rename(&self.folder, &self.output) {
            // Back again; should that fail too, the next build does it.
            let _ = fs::rename(&old, &self.output);
            return Err(failed(error));
        }
        Ok(Some(old))
    }

    fn ensure_folder(&self, relative: &str) -> Result<(), OutputError> {
        let known = |folders: &HashSet<String>| folders.contains(relative);
        if known(&self.folders.read().expect("no holder of the lock panics")) {
            return Ok(());
        }
        self.create(&self.folder.join(relative))?;
        let mut folders = self.folders.write().expect("no holder of the lock panics");
        folders.insert(relative.to_owned());
        Ok(())
    }

    fn create(&self, folder: &Path) -> Result<(), OutputError> {
        self.disk.create_folder(folder).map_err(|e| OutputError::disk("create", folder, e))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            let _ = self.disk.remove_folder(&self.folder);
        }
    }
}

/// The role of the site that was published before, kept beside the output.
const PREVIOUS: &str = "previous";

/// The right to write to an output.
pub fn lock_of(output: &Path) -> Result<Lock, OutputError> {
    Lock::take(sibling(output, "clausebook-lock"), output)
}

/// The path beside `output` that belongs to it: `.public.staging-7` for `public`.
fn sibling(output: &Path, role: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(format!(".{role}"));
    output.with_file_name(name)
}

/// Deletes what killed builds left beside `output`, and puts back an old site that was on its way
/// out. Only called under the lock, so no living build can be hit.
fn clear_leftovers(disk: &Disk, output: &Path) -> Result<(), OutputError> {
    let parent = output.parent().expect("the root of the file system was refused");
    let listed = fs::read_dir(parent).map_err(|e| OutputError::disk("look at", parent, e))?;
    let mut leftovers = Vec::new();
    for entry in listed {
        let path = entry.map_err(|error| OutputError::disk("look at", parent, error))?.path();
        let folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        if folder && (is_leftover(output, &path, "old-") || is_leftover(output, &path, "staging-"))
        {
            leftovers.push(path);
        }
    }
    leftovers.sort();
    for path in leftovers {
        let put_back = is_leftover(output, &path, "old-") && !output.exists();
        let done = if put_back { disk.rename(&path, output) } else { disk.remove_folder(&path) };
        done.map_err(|error| OutputError::disk("clear", &path, error))?;
    }
    Ok(())
}

/// Whether `path` is named for `output` and `role`, with nothing but a process number after it.
fn is_leftover(output: &Path, path: &Path, role: &str) -> bool {
    let prefix = sibling(output, role);
    let (prefix, path) = (prefix.as_os_str().as_encoded_bytes(), path.as_os_str());
    let number = path.as_encoded_bytes().strip_prefix(prefix);
    number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
}

/// Windows opens no path of more than 259 characters; this much of it is left for the site when the
/// folder it is copied to has taken its share.
const LONGEST_PATH: usize = 200;

/// What is to be said of paths that some systems may not open.
fn long_paths(paths: &[String]) -> Option<String> {
    let long = |path: &&String| path.encode_utf16().count() > LONGEST_PATH;
    let first = paths.iter().find(long)?;
    let count = paths.iter().filter(long).count();
    Some(format!(
        "{count} files have paths of more than {LONGEST_PATH} characters, which Windows may not open in a \
         deep folder; the first is `{first}`: shorten the ids in it"
    ))
}

// They make symbolic links.
#[cfg(unix)]
#[cfg(test)]
mod tests;
