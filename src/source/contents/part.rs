//! The words of one part of an office document: an XML file with text and what is written beside it.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::{BREAK, by_mark};

/// A part as text. In a sheet `_x0041_` stands for an `A`.
pub fn xml(part: &[u8], of_sheet: bool) -> String {
    let text = by_mark(part);
    if of_sheet { unescaped(&text) } else { text.into_owned() }
}

/// The text with the escapes of Excel resolved; they stand for what is no tag.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let c = code
            .and_then(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
            .filter(|c| !matches!(c, '<' | '&' | '"' | '\''));
        plain.push_str(&rest[..at]);
        match c {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain + rest
}

/// Adds what a part says: its text as a reader sees it, and after it what stands beside the text.
pub fn add_text(xml: &str, opens: bool, shared: &[String], text: &mut String) {
    let mut reader = Reader::from_str(xml);
    let mut part = Part { opens, shared, ..Part::default() };
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
struct Part<'a> {
    /// The texts that cells of a sheet name by their number.
    shared: &'a [String],
    /// Whether the cell that is open names one of them.
    is_shared: bool,
    /// The cells of a single character that followed each other in the row: a form has a cell for
    /// each figure of a number.
    row: String,
    /// Such rows.
    rows: String,
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

impl Part<'_> {
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
        if name.as_ref() == "c" {
            let kind = tag.try_get_attribute("t").ok().flatten();
            self.is_shared = kind.is_some_and(|kind| kind.value.as_ref() == "s");
        }
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
        if matches!(local, "tr" | "table-row" | "row") {
            self.end_row();
        }
        if local.ends_with("Header") || local.ends_with("Footer") {
            self.drop_codes();
        }
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
        if of_text {
            self.add_cell(&line.seen);
        }
        add_apart(&line.seen, if of_text { &mut self.done } else { &mut self.beside });
        add_apart(&line.marked.unwrap_or_default(), &mut self.beside);
    }

    /// Takes a cell, or another paragraph, into the row that stands open.
    fn add_cell(&mut self, cell: &str) {
        let shared = || cell.trim().parse().ok().and_then(|at: usize| self.shared.get(at));
        let cell = if self.is_shared { shared().map_or("", String::as_str) } else { cell };
        let mut chars = cell.trim().chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => {
                self.row.push(only);
                self.row.push(' ');
            }
            (None, _) => {}
            _ => self.end_row(),
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.chars().count() >= 2 * 10 {
            add_apart(row.trim_end(), &mut self.rows);
        }
    }

    /// Takes the codes out of the head or foot of a sheet's pages: `&C` is no letter of its text.
    fn drop_codes(&mut self) {
        let Some(line) = self.open.last_mut() else { return };
        let mut shown = String::with_capacity(line.seen.len());
        let mut chars = line.seen.chars();
        while let Some(c) = chars.next() {
            if c != '&' {
                shown.push(c);
            } else if chars.next() == Some('"') {
                chars.by_ref().take_while(|c| *c != '"').for_each(drop);
            }
        }
        line.seen = shown;
    }

    /// What people write into attributes: names of sheets, titles, where a link leads, who wrote it.
    fn add_attributes(&mut self, tag: &BytesStart<'_>) {
        const WRITTEN: &[&str] = &[
            "author",
            "condition",
            "current-value",
            "descr",
            "display",
            "displayName",
            "displayText",
            "expression",
            "formula",
            "href",
            "label",
            "name",
            "string",
            "string-value",
            "Target",
            "title",
            "tooltip",
            "val",
            "value",
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
        self.end_row();
        while !self.open.is_empty() {
            self.end_paragraph();
            self.open.pop();
        }
        text.push_str(&self.done);
        text.push_str(&self.beside);
        text.push_str(&self.rows);
    }
}

/// Adds words; no number goes on from them.
pub fn add_apart(words: &str, text: &mut String) {
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

/// The texts that cells of a sheet name by their number: those of a single character, the others
/// without their words.
pub fn shared(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "si" => text.clear(),
            Ok(Event::Text(words)) if text.chars().count() < 3 => text.push_str(&words),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "si" => {
                text.truncate(text.trim_end().len());
                let single = text.trim().chars().count() == 1;
                texts.push(if single { text.trim().to_owned() } else { "——".to_owned() });
            }
            Ok(Event::Eof) | Err(_) => return texts,
            Ok(_) => {}
        }
    }
}
