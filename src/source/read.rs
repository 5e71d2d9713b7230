//! A site's folder becomes a [`SourceTree`]. Files are found first, then read in parallel; what is
//! wrong with a file is a diagnostic, what is wrong with the disk a [`ReadError`]. Nothing is
//! understood here: not even whether a record is YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::error::ReadError;
use super::hash::hash_reader;
use super::name::{collision_key, name_fault};
use super::open::Folder;
use super::walk::{CONFIG, Found, Kind, walk};
use super::{Area, Content, FileId, SourceFile, SourceTree, Span, decode, hidden};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, character};

/// How many hidden characters of one file are reported each on its own.
const HIDDEN_SHOWN: usize = 20;

/// How many bytes of a binary file are kept.
const HEAD: usize = 512;

/// Reads the site at `root`. A file that may not be used is in the tree all the same, as
/// [`Content::Absent`], so that its diagnostic has a place.
pub fn read(root: &Path) -> Result<(SourceTree, Diagnostics), ReadError> {
    let failed = |error| ReadError::new(root, error);
    if !std::fs::metadata(root).map_err(failed)?.is_dir() {
        return Err(failed(ErrorKind::NotADirectory.into()));
    }
    let folder = Folder::hold(root).map_err(failed)?;
    let found = walk(root)?;
    let contents: Vec<_> = (0u32..)
        .map(FileId)
        .zip(&found)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(id, found)| {
            read_one(&folder, id, found)
                .map_err(|error| ReadError::new(&root.join(&found.path), error))
        })
        .collect();

    let mut diagnostics = check_names(&found);
    let mut files = Vec::with_capacity(found.len());
    // The first failure by path, not by time, so that the message is the same every time.
    for (found, content) in found.into_iter().zip(contents) {
        let (content, mut faults) = content?;
        diagnostics.append(&mut faults);
        files.push(SourceFile { path: found.path, area: found.area, content });
    }
    diagnostics.sort();
    Ok((SourceTree { files }, diagnostics))
}

fn read_one(folder: &Folder, id: FileId, found: &Found) -> io::Result<(Content, Diagnostics)> {
    let path = hidden::escape(&found.path);
    let refuse = |code, message: String, help: &str| {
        let fault = Diagnostic::new(code, Span::start_of(id), message).help(help);
        Ok((Content::Absent, vec![fault]))
    };
    match found.kind {
        Kind::Text { limit } => {
            let mut bytes = Vec::new();
            folder.open(&found.path)?.take(limit + 1).read_to_end(&mut bytes)?;
            Ok(text(id, found.area, &found.path, bytes, limit))
        }
        Kind::Binary => {
            let content = hash(folder.open(&found.path)?)?;
            Ok((content, Vec::new()))
        }
        Kind::Link => refuse(
            Code::SymbolicLink,
            format!("`{path}` is a symbolic link"),
            "put the file itself there",
        ),
        Kind::Unexpected if found.area == Area::Record && is_of_records(&found.path) => refuse(
            Code::UnreadFile,
            format!("`{path}` is not read"),
            "records stand in plain files whose names end in `.yaml`",
        ),
        Kind::NoFile => refuse(
            Code::UnreadFile,
            format!("`{path}` is not read: it is a pipe, a socket or a device"),
            "put a plain file there, or remove it",
        ),
        Kind::Unexpected => {
            refuse(Code::UnexpectedFile, format!("`{path}` is not read"), expected_at(found))
        }
        Kind::Missing => refuse(
            Code::MissingFile,
            format!("there is no `{CONFIG}` in the site's folder"),
            "name the site's folder with `-C`; a new site begins with this file and its `name` and `agency`",
        ),
        Kind::Unnameable => refuse(
            Code::UnsafePath,
            format!("the name of `{path}` is not UTF-8"),
            "rename the file",
        ),
    }
}

/// Bytes as the text of a file, with what is wrong with it.
pub(super) fn text(
    id: FileId,
    area: Area,
    path: &str,
    bytes: Vec<u8>,
    limit: u64,
) -> (Content, Diagnostics) {
    let shown = hidden::escape(path);
    let refuse = |code, message: String, help: &str| {
        let fault = Diagnostic::new(code, Span::start_of(id), message).help(help);
        (Content::Absent, vec![fault])
    };
    if bytes.len() as u64 > limit {
        let most = match limit >> 20 {
            0 => format!("{} KiB", limit >> 10),
            mebibytes => format!("{mebibytes} MiB"),
        };
        let message = format!("`{shown}` has more than {most}");
        return refuse(Code::FileTooLarge, message, "split the file");
    }
    match decode::decode(bytes, &shown) {
        Ok(text) => {
            let mut faults = find_hidden(id, area, path, &text);
            faults.extend(find_private(id, area, &text));
            faults.extend(find_look_alikes(id, area, &text));
            (Content::Text(text), faults)
        }
        Err(reason) => {
            let span = Span::new(id, reason.at, reason.at);
            let fault = Diagnostic::new(Code::UnreadableText, span, reason.message);
            (Content::Unreadable(reason.shown), vec![fault.help(reason.help)])
        }
    }
}

/// Whether a file was most likely meant to hold records.
fn is_of_records(path: &str) -> bool {
    path.ends_with(".yml") || path.ends_with(".yaml")
}

fn expected_at(found: &Found) -> &'static str {
    match found.area {
        Area::Page => "guidance pages stand directly in `content/pages` and end in `.md`",
        Area::Regulation => {
            "a regulation's files stand in `regulations/ID` and end in `.yaml`, `.txt` or `.md`"
        }
        _ if found.path.ends_with(".yml") => "records end in `.yaml`",
        _ => "records end in `.yaml`, evidence stands in `content/evidence/files`",
    }
}

/// Size, hash and beginning of a file, however large, without holding it in memory.
fn hash(file: File) -> io::Result<Content> {
    let mut head = Vec::with_capacity(HEAD);
    let (size, sha256) = hash_reader(file, |piece| {
        head.extend(piece.iter().take(HEAD - head.len()));
        Ok(())
    })?;
    Ok(Content::Binary { size, sha256, head })
}

fn find_hidden(id: FileId, area: Area, path: &str, text: &str) -> Diagnostics {
    // Official texts carry the page breaks of the document they were taken from.
    let with_form_feed = area == Area::Regulation && !path.ends_with(".yaml");
    let hidden = hidden::find(text, with_form_feed);
    let mut faults: Diagnostics = hidden
        .iter()
        .take(HIDDEN_SHOWN)
        .map(|(at, c)| character(*c, Span::new(id, *at, at + c.len_utf8()), None))
        .collect();
    if let (Some(last), more @ 1..) = (faults.last_mut(), hidden.len().saturating_sub(HIDDEN_SHOWN))
    {
        last.help = Some(format!("delete the character; {more} more follow in this file"));
    }
    faults
}

/// Reports the characters that only some fonts have a shape for, and each another one, and those
/// that stand for one that was lost.
fn find_private(id: FileId, area: Area, text: &str) -> Diagnostics {
    if !text.bytes().any(|byte| matches!(byte, 0xee | 0xef | 0xf3 | 0xf4)) {
        return Vec::new(); // None begins with another byte.
    }
    // A style sheet may name the signs of its own font.
    let odd = |c: char| hidden::is_lost(c) || (area != Area::Template && hidden::is_private(c));
    let odd = text.char_indices().filter(|(_, c)| odd(*c));
    odd.take(HIDDEN_SHOWN)
        .map(|(at, c)| character(c, Span::new(id, at, at + c.len_utf8()), None))
        .collect()
}

/// Reports the characters that look like others: search and comparison take them for what they are.
fn find_look_alikes(id: FileId, area: Area, text: &str) -> Diagnostics {
    if area == Area::Template || text.is_ascii() {
        return Vec::new();
    }
    let mut before: Option<char> = None;
    let mut faults = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if hidden::is_odd_space(c) && faults.len() < HIDDEN_SHOWN {
            faults.push(character(c, Span::new(id, at, at + c.len_utf8()), None));
        }
        let after = chars.peek().map(|(_, c)| *c);
        let beside = |fits: fn(char) -> bool| before.is_some_and(fits) || after.is_some_and(fits);
        let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
        let latin = |c: char| c.is_ascii_alphanumeric();
        let usual = match c {
            'ㄧ' if beside(han) => Some('一'),
            '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => std::iter::once(c).nfkc().next(),
            '\u{370}'..='\u{52f}' if beside(latin) => Some(' '),
            _ => None,
        };
        if let Some(usual) = usual
            && faults.len() < HIDDEN_SHOWN
        {
            let span = Span::new(id, at, at + c.len_utf8());
            let point = u32::from(c);
            let message = match usual {
                ' ' => format!("U+{point:04X} `{c}` stands among Latin letters and is none"),
                usual => format!("U+{point:04X} looks like `{usual}` and is another character"),
            };
            faults.push(
                Diagnostic::new(Code::LookAlike, span, message)
                    .help("type the usual character; where the source itself has it, `waive` it"),
            );
        }
        before = Some(c);
    }
    faults
}

/// Reports the names that are not safe everywhere, and those that are one name to some systems.
/// Each folder is reported once, at its first file.
fn check_names(found: &[Found]) -> Diagnostics {
    let mut faults = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut by_key: BTreeMap<String, (&str, FileId)> = BTreeMap::new();
    for (id, found) in (0u32..).map(FileId).zip(found) {
        let ends = found.path.match_indices('/').map(|(at, _)| at).chain([found.path.len()]);
        for end in ends {
            let path = &found.path[..end];
            if !seen.insert(path) {
                continue;
            }
            let span = Span::start_of(id);
            let shown = hidden::escape(path);
            let part = path.rsplit('/').next().unwrap_or(path);
            if let Some(fault) = name_fault(part) {
                let message = format!("`{shown}` is not a safe name: {fault}");
                faults.push(Diagnostic::new(Code::UnsafePath, span, message).help("rename it"));
            }
            faults.extend(hidden::find_odd(part).into_iter().map(|c| {
                let mut fault = character(c, span, None);
                fault.message = format!("in the name `{shown}`: {}", fault.message);
                fault.help("rename it")
            }));
            let (other, other_id) = *by_key.entry(collision_key(path)).or_insert((path, id));
            let parent = |path: &str| path.rsplit_once('/').map(|(parent, _)| parent.to_owned());
            // Where the folders already clash, their files are not reported as well.
            if other != path && parent(other) == parent(path) {
                let other = hidden::escape(other);
                let message = format!("some systems take `{shown}` and `{other}` for one name");
                let fault = Diagnostic::new(Code::UnsafePath, span, message)
                    .related(Span::start_of(other_id), "the other one")
                    .help("rename one of them");
                faults.push(fault);
            }
        }
    }
    faults
}

// They make symbolic links.
#[cfg(unix)]
#[cfg(test)]
mod tests;
