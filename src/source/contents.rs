//! The words in a file that is published as it is, so that they can be searched: plain text, tables,
//! office documents, PDF. Everything has a bound; what cannot be read has no words.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The largest file whose words are read, in bytes.
pub const LARGEST: u64 = 32 << 20;
/// The most bytes the parts of an office document may unfold to.
const UNFOLDED: u64 = 64 << 20;
/// The most pages of a PDF that are read.
const PAGES: usize = 1_000;
/// Stands between cells and paragraphs: no number goes over it.
const BREAK: &str = "；\n";

/// Whether the words of a file of this name can be read.
pub fn has_words(path: &str) -> bool {
    matches!(ending(path).as_str(), "txt" | "csv" | "xlsx" | "ods" | "docx" | "odt" | "pdf")
}

/// The words of the file at `path`.
pub fn words(path: &str, bytes: &[u8]) -> String {
    match ending(path).as_str() {
        "pdf" => pdf(bytes),
        "txt" | "csv" => plain(bytes),
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
fn office(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut text = String::new();
    let mut left = UNFOLDED;
    for name in names {
        let told = name.ends_with(".xml")
            && (name.starts_with("word/") || name.starts_with("xl/") || !name.contains('/'));
        if !told || name.contains("styles") || name.contains("theme") {
            continue;
        }
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut xml = Vec::new();
        if part.take(left).read_to_end(&mut xml).is_err() {
            continue;
        }
        left = left.saturating_sub(xml.len() as u64);
        add_text(&xml, &mut text);
    }
    Some(text)
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
                }
            }
            Ok(Event::End(tag)) if ends_words(tag.local_name().as_ref()) => text.push_str(BREAK),
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "br" | "line-break" => text.push('\n'),
                "tab" | "s" => text.push(' '),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn ends_words(tag: &str) -> bool {
    matches!(tag, "p" | "h" | "si" | "v" | "c" | "is" | "row" | "table-cell" | "title")
}

/// The text of a PDF; empty where it holds pictures only.
fn pdf(bytes: &[u8]) -> String {
    // The crate reads what the world's programmes write, and may give up by a panic on the rest.
    let read = std::panic::catch_unwind(|| {
        let document = lopdf::Document::load_mem(bytes).ok()?;
        let pages: Vec<u32> = document.get_pages().keys().copied().take(PAGES).collect();
        let text = pages.iter().filter_map(|page| document.extract_text(&[*page]).ok());
        Some(text.collect::<Vec<_>>().join(BREAK))
    });
    read.ok().flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests;
