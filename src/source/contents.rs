//! The words in a file that is published as it is, so that they can be searched: plain text, tables,
//! office documents, PDF, with what is written beside the text: names of sheets and authors, notes,
//! fields of forms. Everything has a bound, and what was not read is said; what cannot be read, such
//! as a picture, has no words.

mod part;
mod pdf;

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::hidden;

/// The largest file whose words are read, in bytes.
pub const LARGEST: u64 = 32 << 20;
/// The most bytes the parts of an office document may unfold to: this, and so many times its size.
/// The text of an office's document is a tenth of it when folded.
const UNFOLDED: u64 = 4 << 20;
const UNFOLDS: u64 = 20;
/// The most pages of a PDF that are read.
const PAGES: usize = 1_000;
/// How deep files within files are read.
const DEEPEST: usize = 2;
/// Stands between cells and paragraphs: no number goes over it.
const BREAK: &str = "；\n";

/// Whether a file that begins so seems to be a text, whatever its name.
pub fn begins_as_text(head: &[u8]) -> bool {
    let cut = |error: std::str::Utf8Error| error.error_len().is_none();
    !head.contains(&0) && str::from_utf8(head).map_or_else(cut, |_| true)
}

/// Whether the words of a file of this name can be read.
pub fn has_words(path: &str) -> bool {
    const KNOWN: &[&str] = &["txt", "csv", "xlsx", "ods", "docx", "odt", "pdf", "zip"];
    KNOWN.contains(&&*ending(path))
}

/// Whether a file of this name is plain text.
pub fn is_plain(path: &str) -> bool {
    matches!(ending(path).as_str(), "txt" | "csv")
}

/// The words of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    /// The parts they come from, in order; none of a plain text.
    pub parts: Vec<Within>,
    /// Whether there is more than was read.
    pub cut: bool,
}

/// A part of a file, and where its words begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// A byte of the words.
    pub start: usize,
    /// As messages name it: `page 3`, or the path of a part in an archive.
    pub name: String,
    /// Whether the letters are told from what is drawn: some of them stand for no letter at all.
    pub drawn: bool,
}

impl Words {
    /// Those of a plain text.
    pub fn whole(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The part that a byte of the words comes from.
    pub fn part(&self, at: usize) -> Option<&Within> {
        self.parts[..self.parts.partition_point(|part| part.start <= at)].last()
    }

    /// Where a byte of the words stands, for messages: `line 3 of word/document.xml`.
    pub fn place(&self, at: usize) -> String {
        let part = self.part(at);
        let start = part.map_or(0, |part| part.start);
        let line = self.text[start..at].matches('\n').count() + 1;
        match part {
            Some(part) => format!("line {line} of {}", part.name),
            None => format!("line {line}"),
        }
    }

    fn begin(&mut self, name: String, drawn: bool) {
        self.parts.push(Within { start: self.text.len(), name, drawn });
    }

    /// Adds those of a file that stands within this one as `name`.
    fn add_within(&mut self, name: &str, within: Words) {
        self.cut |= within.cut;
        let start = self.text.len();
        self.begin(name.to_owned(), false);
        self.parts.extend(within.parts.into_iter().map(|part| Within {
            start: start + part.start,
            name: format!("{} of {name}", part.name),
            ..part
        }));
        part::add_apart(&within.text, &mut self.text);
    }
}

/// The words of the file at `path`.
pub fn words(path: &str, bytes: &[u8]) -> Words {
    match ending(path).as_str() {
        "pdf" => pdf::words(bytes, PAGES, DEEPEST),
        "txt" | "csv" => Words::whole(decoded(bytes).0),
        _ => office(bytes, DEEPEST).unwrap_or_default(),
    }
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// A text in the encoding it has, be it UTF-16 with its mark, Big5 or GB18030; none where it is no text.
pub fn text(bytes: &[u8]) -> Option<String> {
    let marked = Encoding::for_bom(bytes).is_some();
    if !marked && bytes.contains(&0) && str::from_utf8(bytes).is_err() {
        return None;
    }
    let (text, is_whole) = decoded(bytes);
    is_whole.then_some(text)
}

/// The rows of ASCII letters and figures in a file that is no text, as long as a number of identity.
pub fn printable(bytes: &[u8]) -> String {
    let mut text = String::new();
    for row in bytes.split(|byte| !matches!(byte, b' '..=b'~')).filter(|row| row.len() >= 10) {
        text.push_str(&String::from_utf8_lossy(row));
        text.push_str(BREAK);
    }
    text
}

/// A text in the encoding it seems to have, as far as it can be read, and whether that is all of it.
fn decoded(bytes: &[u8]) -> (String, bool) {
    let known = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ if str::from_utf8(bytes).is_ok() => Some(UTF_8),
        _ => None,
    };
    let read = |encoding: &'static Encoding| {
        let (text, _, is_wrong) = encoding.decode(bytes);
        (text.into_owned(), !is_wrong)
    };
    if let Some(encoding) = known {
        return read(encoding);
    }
    // Most bytes of the one are a text in the other, too, but a strange one. That it is whole says less:
    // an agency's own characters (造字) are none of Big5, but some of GB18030.
    let (big5, gb18030) = (read(BIG5), read(GB18030));
    let rank = |(text, is_whole): &(String, bool)| (common(text), *is_whole);
    if rank(&gb18030) > rank(&big5) { gb18030 } else { big5 }
}

/// How many in a thousand of the first characters beyond ASCII are those that Chinese is mostly written
/// with: punctuation and the first level of Big5 or of GB2312.
fn common(text: &str) -> usize {
    const LOOKED_AT: usize = 2_000;
    let is_common = |c: &char| {
        let mut buffer = [0; 4];
        let c: &str = c.encode_utf8(&mut buffer);
        matches!(*BIG5.encode(c).0, [0xa1..=0xc6, _])
            || matches!(*GB18030.encode(c).0, [0xa1..=0xa3 | 0xb0..=0xd7, 0xa1..=0xff])
    };
    let chars: Vec<char> = text.chars().filter(|c| !c.is_ascii()).take(LOOKED_AT).collect();
    chars.iter().filter(|c| is_common(c)).count() * 1_000 / chars.len().max(1)
}

/// UTF-8, or UTF-16 with its mark. What cannot be read is a question mark, which unlike U+FFFD no
/// author wrote.
fn by_mark(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => {
            encoding.decode_without_bom_handling(&bytes[mark..]).0
        }
        mark => match str::from_utf8(&bytes[mark.map_or(0, |(_, length)| length)..]) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(bytes).replace('\u{fffd}', "?").into(),
        },
    }
}

/// The words of a file within another one, by how it begins; `depth` more may be within it.
fn embedded(bytes: &[u8], depth: usize) -> Words {
    match bytes {
        _ if depth == 0 => Words { cut: !bytes.is_empty(), ..Words::default() },
        [b'P', b'K', ..] => office(bytes, depth - 1).unwrap_or_default(),
        [b'%', b'P', b'D', b'F', ..] => pdf::words(bytes, PAGES, depth - 1),
        _ if begins_as_text(&bytes[..bytes.len().min(64)]) => Words::whole(decoded(bytes).0),
        _ => Words::default(),
    }
}

/// The text of all parts of a document or sheet, paragraphs and cells apart.
fn office(bytes: &[u8], depth: usize) -> Option<Words> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut words = Words::default();
    let mut left = UNFOLDED + UNFOLDS * bytes.len() as u64;
    let mut read = |name: &str| {
        let mut part = Vec::new();
        archive.by_name(name).ok()?.take(left + 1).read_to_end(&mut part).ok()?;
        left = left.checked_sub(part.len() as u64)?;
        Some(part)
    };
    let mut shared = Vec::new();
    // What cells of a sheet name by number stands in a part of its own: that one first.
    let is_shared = |name: &&String| name.ends_with("/sharedStrings.xml");
    let (first, others): (Vec<&String>, Vec<&String>) = names.iter().partition(is_shared);
    for name in first.into_iter().chain(others) {
        // What a name says belongs to no part.
        words.begin("the names of its parts".to_owned(), false);
        part::add_apart(name, &mut words.text);
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        let of_looks = !folder.is_empty() && (name.contains("styles") || name.contains("theme"));
        if of_looks || folder == "META-INF" || is_picture(name) {
            continue;
        }
        // One that is locked, or holds too much, is not read; the others are.
        let Some(part) = read(name) else {
            words.cut = true;
            continue;
        };
        let shown = hidden::escape(name);
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let xml = part::xml(&part, folder == "xl");
            if name.ends_with("/sharedStrings.xml") {
                shared = part::shared(&xml);
            }
            // Spaces between the tags of an OpenDocument are part of the text.
            let opens = folder.is_empty() || folder.starts_with("Object");
            words.begin(shown, false);
            part::add_text(&xml, opens, &shared, &mut words.text);
        } else {
            let within = match ending(name).as_str() {
                "txt" | "csv" => Words::whole(decoded(&part).0),
                _ => embedded(&part, depth),
            };
            words.add_within(&shown, within);
        }
    }
    Some(words)
}

/// Whether a part is a picture or a font by its name: nobody reads those.
fn is_picture(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "wmf", "emf", "webp", "odttf", "ttf",
        "rdf",
    ];
    ENDINGS.contains(&&*ending(name))
}

/// A text string of a PDF: UTF-16 with its mark, or one byte for each letter.
fn pdf_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::zipped;
