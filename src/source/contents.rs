//! The words in a file that is published as it is, so that they can be searched: plain text, tables,
//! office documents, PDF, with what is written beside the text: names of sheets and authors, notes,
//! fields of forms. Everything has a bound, and what was not read is said; what cannot be read, such
//! as a picture, has no words.

use std::io::{Cursor, Read as _};

use lopdf::Object;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// The largest file whose words are read, in bytes.
pub const LARGEST: u64 = 32 << 20;
/// The most bytes the parts of an office document may unfold to: this, and so many times its size.
/// The text of an office's document is a tenth of it when folded.
const UNFOLDED: u64 = 4 << 20;
const UNFOLDS: u64 = 20;
/// The most pages of a PDF that are read.
const PAGES: usize = 1_000;
/// Stands between cells and paragraphs: no number goes over it.
const BREAK: &str = "；\n";

/// Whether a file that begins so seems to be a text, whatever its name.
pub fn begins_as_text(head: &[u8]) -> bool {
    let cut = |error: std::str::Utf8Error| error.error_len().is_none();
    !head.contains(&0) && str::from_utf8(head).map_or_else(cut, |_| true)
}

/// Whether the words of a file of this name can be read.
pub fn has_words(path: &str) -> bool {
    matches!(ending(path).as_str(), "txt" | "csv" | "xlsx" | "ods" | "docx" | "odt" | "pdf")
}

/// The words of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    /// Whether there is more than was read.
    pub cut: bool,
}

impl Words {
    fn whole(text: String) -> Self {
        Self { text, cut: false }
    }
}

/// The words of the file at `path`.
pub fn words(path: &str, bytes: &[u8]) -> Words {
    match ending(path).as_str() {
        "pdf" => pdf(bytes, PAGES),
        "txt" | "csv" => Words::whole(plain(bytes)),
        _ => office(bytes).unwrap_or_default(),
    }
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// A text in the encoding it seems to have: what stands in a Big5 file counts as well.
fn plain(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        _ if str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        _ => encoding_rs::BIG5,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The text of all XML parts of a document or sheet, paragraphs and cells apart.
fn office(bytes: &[u8]) -> Option<Words> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut words = Words::default();
    let mut left = UNFOLDED + UNFOLDS * bytes.len() as u64;
    for name in names {
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        let told = (name.ends_with(".xml") || name.ends_with(".rels"))
            && matches!(folder, "" | "word" | "xl" | "docProps");
        if !told || name.contains("styles") || name.contains("theme") {
            continue;
        }
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut xml = Vec::new();
        if part.take(left + 1).read_to_end(&mut xml).is_err() {
            continue;
        }
        if xml.len() as u64 > left {
            words.cut = true;
            break;
        }
        left -= xml.len() as u64;
        add_text(&xml, folder.is_empty(), &mut words.text);
    }
    Some(words)
}

/// Adds what a part says: its text as a reader sees it, and after it what stands beside the text.
fn add_text(xml: &[u8], opens: bool, text: &mut String) {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    let mut part = Part { opens, ..Part::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Text(words)) => part.words(&words),
            Ok(Event::CData(words)) => part.words(&words),
            Ok(Event::GeneralRef(name)) => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    part.words(c.encode_utf8(&mut [0; 4]));
                } else {
                    part.words(resolve_xml_entity(&name).unwrap_or_default());
                }
            }
            Ok(Event::Start(tag)) => part.start(&tag),
            Ok(Event::End(tag)) => part.end(tag.name().as_ref()),
            Ok(Event::Empty(tag)) => {
                part.start(&tag);
                part.end(tag.name().as_ref());
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    part.finish(text);
}

/// The text of a part while it is read.
#[derive(Default)]
struct Part {
    /// Whether it is of an OpenDocument, where every space between tags is part of the text.
    opens: bool,
    /// The paragraphs that are open, each within the one before and read apart from it.
    open: Vec<Line>,
    /// The paragraphs that are read.
    done: String,
    /// What stands beside the text: attributes, notes, codes of fields.
    beside: String,
    /// How many elements are open that were deleted.
    deleted: usize,
    /// Whether the last tag was a start: an element with nothing in it ends no word.
    fresh: bool,
}

/// A paragraph that is open.
#[derive(Default)]
struct Line {
    /// Without what was deleted from it.
    seen: String,
    /// With it; `None` where nothing was.
    marked: Option<String>,
}

impl Part {
    fn words(&mut self, words: &str) {
        // Spaces that only lay out the tags.
        if self.opens || !words.contains('\n') || !words.trim().is_empty() {
            self.push(words);
        }
    }

    fn push(&mut self, words: &str) {
        self.fresh = false;
        if self.open.is_empty() {
            self.open.push(Line::default());
        }
        let Some(Line { seen, marked }) = self.open.last_mut() else { return };
        if self.deleted > 0 {
            return marked.get_or_insert_with(|| seen.clone()).push_str(words);
        }
        seen.push_str(words);
        if let Some(marked) = marked {
            marked.push_str(words);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.add_attributes(tag);
        let name = tag.local_name();
        match name.as_ref() {
            "br" | "cr" | "line-break" => self.push("\n"),
            "tab" | "ptab" | "s" => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            name if is_apart(name) => {
                let outer = if self.open.is_empty() { 2 } else { 1 };
                self.open.extend((0..outer).map(|_| Line::default()));
            }
            name => self.deleted += usize::from(is_deleted(name)),
        }
        self.fresh = true;
    }

    fn end(&mut self, name: &str) {
        let local = name.rsplit(':').next().unwrap_or(name);
        let empty = std::mem::take(&mut self.fresh);
        if is_apart(local) {
            self.end_paragraph();
            self.open.pop();
        } else if !empty && ends_words(name) {
            self.end_paragraph();
        }
        self.deleted = self.deleted.saturating_sub(usize::from(is_deleted(local)));
    }

    fn end_paragraph(&mut self) {
        let of_text = self.open.len() < 2;
        let Some(line) = self.open.last_mut().map(std::mem::take) else { return };
        add_apart(&line.seen, if of_text { &mut self.done } else { &mut self.beside });
        add_apart(&line.marked.unwrap_or_default(), &mut self.beside);
    }

    /// What people write into attributes: names of sheets, titles, where a link leads, who wrote it.
    fn add_attributes(&mut self, tag: &BytesStart<'_>) {
        const WRITTEN: &[&str] = &[
            "author",
            "descr",
            "display",
            "displayName",
            "href",
            "name",
            "string-value",
            "Target",
            "title",
            "tooltip",
        ];
        for attribute in tag.attributes().flatten() {
            if !WRITTEN.contains(&attribute.key.local_name().as_ref()) {
                continue;
            }
            if let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
                add_apart(&value, &mut self.beside);
            }
        }
    }

    fn finish(mut self, text: &mut String) {
        while !self.open.is_empty() {
            self.end_paragraph();
            self.open.pop();
        }
        text.push_str(&self.done);
        text.push_str(&self.beside);
    }
}

/// Adds words; no number goes on from them.
fn add_apart(words: &str, text: &mut String) {
    if !words.is_empty() {
        text.push_str(words);
        text.push_str(BREAK);
    }
}

/// Whether the element stands among the letters of a word and is not read there: how they look
/// (`rPr` and all other properties), codes of fields, notes, how a word is spoken, what floats.
fn is_apart(tag: &str) -> bool {
    tag.ends_with("Pr")
        || matches!(
            tag,
            "annotation"
                | "drawing"
                | "frame"
                | "instrText"
                | "note"
                | "object"
                | "pict"
                | "rPh"
                | "rt"
                | "ruby-text"
        )
}

/// Whether a reader sees the element only with the changes: it was deleted, or moved elsewhere.
fn is_deleted(tag: &str) -> bool {
    matches!(tag, "del" | "moveFrom")
}

/// Whether no number goes over the end of the element: all but what stands within a paragraph.
fn ends_words(tag: &str) -> bool {
    match tag.split_once(':') {
        // Within a paragraph of an OpenDocument fields are as many as there are things to say.
        Some(("text", local)) => matches!(
            local,
            "h" | "index-title" | "list" | "list-header" | "list-item" | "number" | "p" | "section"
        ),
        // Formulas.
        Some(("m", local)) => local == "oMathPara",
        prefixed => !matches!(
            prefixed.map_or(tag, |(_, local)| local),
            "a" | "bdo"
                | "customXml"
                | "del"
                | "delText"
                | "dir"
                | "fld"
                | "fldChar"
                | "fldSimple"
                | "hyperlink"
                | "ins"
                | "moveFrom"
                | "moveTo"
                | "r"
                | "ruby"
                | "rubyBase"
                | "sdt"
                | "sdtContent"
                | "smartTag"
                | "span"
                | "t"
        ),
    }
}

/// The text of a PDF, of its first pages so many; empty where it holds pictures only.
fn pdf(bytes: &[u8], most: usize) -> Words {
    // The crate reads what the world's programmes write, and may give up by a panic on the rest.
    let read = std::panic::catch_unwind(|| {
        let document = lopdf::Document::load_mem(bytes).ok()?;
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = pages.iter().take(most).filter_map(|page| document.extract_text(&[*page]).ok());
        let beside = document.objects.values().flat_map(beside_the_text);
        let text = text.chain(beside).collect::<Vec<_>>().join(BREAK);
        Some(Words { text, cut: pages.len() > most })
    });
    read.ok().flatten().unwrap_or_default()
}

/// What an object of a PDF says beside the pages: title and author, notes, fields of forms, links.
fn beside_the_text(object: &Object) -> Vec<String> {
    const WRITTEN: &[&[u8]] = &[
        b"Title",
        b"Author",
        b"Subject",
        b"Keywords",
        b"Creator",
        b"Contents",
        b"V",
        b"T",
        b"TU",
        b"URI",
        b"Alt",
        b"ActualText",
    ];
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => return Vec::new(),
    };
    let within = dictionary.iter().filter_map(|(_, value)| value.as_dict().ok());
    let all = std::iter::once(dictionary).chain(within);
    let texts =
        all.flat_map(|one| WRITTEN.iter().filter_map(|key| one.get(key).ok()?.as_str().ok()));
    texts.map(pdf_text).collect()
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
