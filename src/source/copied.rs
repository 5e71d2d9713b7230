//! Files that are published as they are: evidence, attachments, what stands under `static/` and
//! beside the templates. Their words are looked through for what is personal and for characters
//! nobody sees, and what could not be read is said: how often, not what it says.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::contents::{self, Words};
use super::error::ReadError;
use super::open::Folder;
use super::walk::CONFIG;
use super::{Area, Content, FileId, SourceFile, SourceTree, Span, hidden};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, personal};
use crate::privacy;

/// What is amiss in the files of the site at `root` that will be published to the byte. `names` are
/// those that the site masks.
pub fn look_through(
    root: &Path,
    tree: &SourceTree,
    names: &[&str],
) -> Result<Diagnostics, ReadError> {
    let folder = Folder::hold(root).map_err(|error| ReadError::new(root, error))?;
    let search = AhoCorasick::new(names).ok().filter(|_| !names.is_empty());
    let copied: Vec<(FileId, &SourceFile)> =
        tree.iter().filter(|(_, file)| matches!(file.content, Content::Binary { .. })).collect();
    let said: Vec<io::Result<Diagnostics>> =
        copied.par_iter().map(|(id, file)| look_at(&folder, *id, file, search.as_ref())).collect();
    let mut diagnostics = Vec::new();
    for ((_, file), said) in copied.iter().zip(said) {
        match said {
            Ok(mut said) => diagnostics.append(&mut said),
            // The library's own are not on the disk.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(ReadError::new(&root.join(&file.path), error)),
        }
    }
    Ok(diagnostics)
}

fn look_at(
    folder: &Folder,
    id: FileId,
    found: &SourceFile,
    names: Option<&AhoCorasick>,
) -> io::Result<Diagnostics> {
    let has_words = contents::has_words(&found.path);
    // Whatever is text beside the pages is read by whoever asks for it: scripts, feeds, settings.
    let any = matches!(found.area, Area::Static | Area::Template);
    if let Content::Binary { size, head, .. } = &found.content
        && *size > contents::LARGEST
    {
        let words = has_words || (any && contents::begins_as_text(head));
        let unsearched = words.then(|| unsearched(id, found, "has more than 32 MiB"));
        return Ok(unsearched.into_iter().collect());
    }
    let mut bytes = Vec::new();
    folder.open(&found.path)?.take(contents::LARGEST).read_to_end(&mut bytes)?;
    let text = if any || contents::is_plain(&found.path) { contents::text(&bytes) } else { None };
    let words = match text {
        Some(text) => Words::whole(text),
        None if has_words => contents::words(&found.path, &bytes),
        // A picture or a font: beside what is drawn stand titles and names. What looks like an address
        // by chance is none.
        None => {
            let words = Words::whole(contents::printable(&bytes));
            return Ok(personal_words(id, found, &words, privacy::Kind::is_certain));
        }
    };
    let mut faults = hidden_characters(id, found, &words);
    faults.extend(personal_words(id, found, &words, |_| true));
    faults.extend(names.and_then(|names| masked_names(id, found, &words, names)));
    faults.extend(words.cut.then(|| unsearched(id, found, "holds more than is read")));
    Ok(faults)
}

/// Says how often names that the site masks stand in the words.
fn masked_names(
    id: FileId,
    found: &SourceFile,
    words: &Words,
    names: &AhoCorasick,
) -> Option<Diagnostic> {
    let first = names.find(&words.text)?;
    let count = names.find_iter(&words.text).count();
    let place = words.place(first.start());
    let path = hidden::escape(&found.path);
    let message = format!(
        "names that the site masks stand in `{path}`: {count} in all, the first in {place}"
    );
    let answering = match found.area {
        Area::Evidence => answering(found),
        _ => waiving(found, Code::NameInText.slug()),
    };
    let help = format!("put a copy there in which they are blacked out; or {answering}");
    Some(Diagnostic::new(Code::NameInText, Span::start_of(id), message).help(help))
}

/// Says how many characters stand in the words that nobody sees, or that stand for a lost one.
fn hidden_characters(id: FileId, found: &SourceFile, words: &Words) -> Diagnostics {
    let lost = words.text.char_indices().filter(|(_, c)| hidden::is_lost(*c));
    // Some systems end their lines by a carriage return alone.
    let hidden = hidden::each(&words.text, true).filter(|(_, c)| *c != '\r');
    let is_drawn = |at: usize| words.part(at).is_some_and(|part| part.drawn);
    let found_there = lost.chain(hidden).filter(|(at, c)| misleads(*c) || !is_drawn(*at));
    let (mut count, mut first) = (0, (words.text.len(), ' '));
    for one in found_there {
        count += 1;
        first = first.min(one);
    }
    if count == 0 {
        return Vec::new();
    }
    let place = words.place(first.0);
    let (path, shown) = (hidden::escape(&found.path), hidden::describe(first.1));
    let message = format!(
        "characters nobody sees, or that stand for a lost one, are in `{path}`: {count} in all, \
         the first, {shown}, in {place}"
    );
    let fault = Diagnostic::new(Code::HiddenInCopy, Span::start_of(id), message).help(format!(
        "put a copy there without them; or {}",
        waiving(found, Code::HiddenInCopy.slug())
    ));
    vec![fault]
}

/// Whether a character that nobody sees has to be written on purpose where letters are told from what
/// is drawn: what has no letter, such as a hyphen at the end of a line, is given one of the others.
fn misleads(c: char) -> bool {
    let of_programs = matches!(c, '\u{ad}' | '\u{2028}' | '\u{2029}' | '\u{fff0}'..='\u{ffff}')
        || c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe;
    !of_programs
}

/// Says that a file is published without a look at what is personal in it.
fn unsearched(id: FileId, found: &SourceFile, why: &str) -> Diagnostic {
    let path = hidden::escape(&found.path);
    let message = format!("`{path}` {why}, so nobody looked whether it holds personal data");
    let help = format!("look yourself, and {}; or put it there in parts", answering(found));
    Diagnostic::new(Code::PersonalData, Span::start_of(id), message).help(help)
}

/// How an author answers for what is personal in a file: evidence has a record, no other file has.
fn answering(found: &SourceFile) -> String {
    if found.area == Area::Evidence {
        return "answer for it in the evidence's record: `pii_ok: {reason: …, until: …}`"
            .to_owned();
    }
    waiving(found, Code::PersonalData.slug())
}

/// How an author answers for a warning of a file.
fn waiving(found: &SourceFile, code: &str) -> String {
    let path = hidden::escape(&found.path);
    format!(
        "answer for it in `{CONFIG}`: `waive: [{{code: {code}, file: \"{path}\", reason: …, until: …}}]`"
    )
}

/// How many bytes of words are looked at at once, and how many of them again with the next: a number
/// and what is said of it are shorter.
const WINDOW: usize = 1 << 20;
const OVERLAP: usize = 512;

/// Says what of the kinds `wanted` stands in the words.
fn personal_words(
    id: FileId,
    found: &SourceFile,
    words: &Words,
    wanted: impl Fn(privacy::Kind) -> bool,
) -> Diagnostics {
    let firsts = in_windows(&words.text, WINDOW).into_iter().filter(|(kind, _)| wanted(*kind));
    let report = |(kind, (count, first)): (privacy::Kind, (usize, usize))| {
        let place = words.place(first);
        let mut fault = personal(kind, Span::start_of(id));
        let (path, name) = (hidden::escape(&found.path), kind.name());
        fault.message = format!("{name} stands in `{path}`: {count} in all, the first in {place}");
        let help = match (found.area, fault.code) {
            (Area::Evidence, _) => format!(
                "file a copy in which it is blacked out; or {}, or `visibility: restricted`",
                answering(found)
            ),
            // It is an error, and nobody may answer for one.
            (_, Code::NationalId) => "put a copy there in which it is blacked out".to_owned(),
            (_, code) => {
                let answering = answering(found).replace("personal-data", code.slug());
                format!("put a copy there in which it is blacked out; or {answering}")
            }
        };
        fault.help(help)
    };
    firsts.map(report).collect()
}

/// How often each kind stands in the words, and where first; so many bytes are looked at at once.
fn in_windows(words: &str, window: usize) -> BTreeMap<privacy::Kind, (usize, usize)> {
    let mut firsts: BTreeMap<privacy::Kind, (usize, usize)> = BTreeMap::new();
    let border = |at: usize| (at..=words.len()).find(|at| words.is_char_boundary(*at));
    let (mut start, mut looked_at) = (0, 0);
    loop {
        let end = border((start + window).min(words.len())).unwrap_or(words.len());
        for one in privacy::find(&words[start..end]) {
            // What ends where the part before ended, or earlier, was found with it. The parts share
            // up to two bytes less than OVERLAP, where they would begin within a character.
            if start + one.place.end <= looked_at {
                continue;
            }
            let (count, _) = firsts.entry(one.kind).or_insert((0, start + one.place.start));
            *count += 1;
        }
        if end == words.len() {
            return firsts;
        }
        looked_at = end;
        start = border(end - OVERLAP).unwrap_or(end);
    }
}

#[cfg(test)]
mod tests;
