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
        "pdf" => Words::whole(pdf(bytes)),
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
        add_text(&xml, &mut words.text);
    }
    Some(words)
}

fn add_text(xml: &[u8], text: &mut String) {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Text(words)) => text.push_str(&words),
            Ok(Event::CData(words)) => text.push_str(&words),
            Ok(Event::GeneralRef(name)) => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    text.push(c);
                } else {
                    text.push_str(resolve_xml_entity(&name).unwrap_or_default());
                }
            }
            Ok(Event::End(tag)) if ends_words(tag.local_name().as_ref()) => text.push_str(BREAK),
            Ok(Event::Start(tag)) => add_attributes(&tag, text),
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "br" | "line-break" => text.push('\n'),
                "tab" | "s" => text.push(' '),
                _ => add_attributes(&tag, text),
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

/// What people write into attributes: names of sheets, titles, where a link leads, who wrote it.
fn add_attributes(tag: &BytesStart<'_>, text: &mut String) {
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
            text.push_str(BREAK);
            text.push_str(&value);
            text.push_str(BREAK);
        }
    }
}

/// Whether no number goes over the end of the element: all but runs of letters within a paragraph.
fn ends_words(tag: &str) -> bool {
    !matches!(
        tag,
        "t" | "r" | "span" | "a" | "hyperlink" | "ins" | "smartTag" | "sdtContent" | "sdt"
    )
}

/// The text of a PDF; empty where it holds pictures only.
fn pdf(bytes: &[u8]) -> String {
    // The crate reads what the world's programmes write, and may give up by a panic on the rest.
    let read = std::panic::catch_unwind(|| {
        let document = lopdf::Document::load_mem(bytes).ok()?;
        let pages: Vec<u32> = document.get_pages().keys().copied().take(PAGES).collect();
        let text = pages.iter().filter_map(|page| document.extract_text(&[*page]).ok());
        let beside = document.objects.values().flat_map(beside_the_text);
        Some(text.chain(beside).collect::<Vec<_>>().join(BREAK))
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
