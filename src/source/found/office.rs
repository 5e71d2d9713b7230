//! A text kept as an office document (.docx, .odt): its paragraphs in lines, its tables in rows.
//! What was deleted under tracked changes, and comments, are left out.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// The most bytes the text's part may unfold to: that of a long law has some five million.
const UNFOLDED: u64 = 16 << 20;

/// A document's lines, and how many of its paragraphs have a number that the program makes and the
/// file does not hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    pub text: String,
    pub numbered: usize,
}

/// Why bytes are no document.
#[derive(Debug, PartialEq, Eq)]
pub enum NoDocument {
    /// None of the two forms.
    Other,
    /// A part that unfolds to more than is read: to cut it would lose text.
    TooLarge,
}

/// Reads a document.
pub fn document(bytes: &[u8]) -> Result<Document, NoDocument> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoDocument::Other)?;
    for name in ["word/document.xml", "content.xml"] {
        let Ok(part) = archive.by_name(name) else { continue };
        let mut xml = Vec::new();
        let read = part.take(UNFOLDED + 1).read_to_end(&mut xml);
        if xml.len() as u64 > UNFOLDED {
            return Err(NoDocument::TooLarge);
        }
        let xml = read.ok().and_then(|_| String::from_utf8(xml).ok());
        return xml.map(|xml| self::read(&xml)).ok_or(NoDocument::Other);
    }
    Err(NoDocument::Other)
}

#[derive(Default)]
struct Lines {
    done: String,
    line: String,
    /// Rows of open tables: the outermost is shown as a row.
    rows: usize,
    cells: Vec<String>,
    /// Elements inside which nothing is the text's.
    skipped: usize,
    numbered: usize,
}

fn read(xml: &str) -> Document {
    let mut reader = Reader::from_str(xml);
    let mut lines = Lines::default();
    // Only text within paragraphs counts: Word keeps names of fonts and fields beside it.
    let mut depth_of_words = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if lines.skipped > 0 || is_skipped(name) {
                    lines.skipped += 1;
                    continue;
                }
                match name {
                    "t" | "h" => depth_of_words += 1,
                    "p" if tag.name().as_ref().starts_with("text:") => depth_of_words += 1,
                    "tr" | "table-row" => lines.rows += 1,
                    "numPr" | "list-item" => lines.numbered += 1,
                    "s" => lines.spaces(&tag),
                    _ => {}
                }
            }
            Ok(Event::Empty(tag)) if lines.skipped == 0 => match tag.local_name().as_ref() {
                "br" | "line-break" | "cr" => lines.end(),
                "tab" => lines.line.push('\t'),
                "s" => lines.spaces(&tag),
                "p" => lines.end(),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                if lines.skipped > 0 {
                    lines.skipped -= 1;
                    continue;
                }
                match tag.local_name().as_ref() {
                    "t" => depth_of_words = depth_of_words.saturating_sub(1),
                    "h" => {
                        depth_of_words = depth_of_words.saturating_sub(1);
                        lines.end();
                    }
                    "p" => {
                        if tag.name().as_ref().starts_with("text:") {
                            depth_of_words = depth_of_words.saturating_sub(1);
                        }
                        lines.end();
                    }
                    "tc" | "table-cell" if lines.rows == 1 => {
                        let cell = std::mem::take(&mut lines.line);
                        lines.cells.push(cell.trim().to_owned());
                    }
                    "tr" | "table-row" => lines.end_row(),
                    _ => {}
                }
            }
            Ok(Event::Text(words)) if depth_of_words > 0 && lines.skipped == 0 => {
                lines.line.push_str(&words);
            }
            Ok(Event::CData(words)) if depth_of_words > 0 && lines.skipped == 0 => {
                lines.line.push_str(&words);
            }
            Ok(Event::GeneralRef(name)) if depth_of_words > 0 && lines.skipped == 0 => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    lines.line.push(c);
                } else {
                    lines.line.push_str(resolve_xml_entity(&name).unwrap_or_default());
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    lines.rows = 0;
    lines.end();
    Document { text: lines.done, numbered: lines.numbered }
}

/// Deleted text, comments, notes of tracked changes, instructions of fields.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "delText"
            | "instrText"
            | "tracked-changes"
            | "annotation"
            | "sequence-decls"
            | "moveFrom"
    )
}

impl Lines {
    fn end(&mut self) {
        if self.rows > 0 {
            // Paragraphs of one cell stand in one line.
            if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.done.push_str(line.trim_end());
        self.done.push('\n');
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_sub(1);
        if self.rows > 0 {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        self.line.clear();
        match cells.as_slice() {
            // A frame around the text, and no table.
            [only] => self.done.push_str(only),
            cells => self.done.push_str(&format!("| {} |", cells.join(" | "))),
        }
        self.done.push('\n');
    }

    /// `<text:s text:c="4"/>` is four spaces.
    fn spaces(&mut self, tag: &BytesStart<'_>) {
        let count = tag
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == "c")
            .and_then(|attribute| attribute.value.parse::<usize>().ok())
            .unwrap_or(1);
        self.line.extend(std::iter::repeat_n(' ', count.min(200)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_and_open_document_are_read_in_lines() {
        let word = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:numPr><w:numId/></w:numPr></w:pPr><w:r><w:t>一、</w:t></w:r>
            <w:r><w:t xml:space="preserve">甲&amp;乙 </w:t><w:delText>舊</w:delText></w:r><w:del><w:r><w:t>刪</w:t></w:r></w:del></w:p>
            <w:p><w:r><w:t>二、丙</w:t><w:br/><w:t>丁。</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>級</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>件</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
        let read_word = read(word);
        assert_eq!(read_word.text, "一、甲&乙\n二、丙\n丁。\n| 級 | 件 |\n\n");
        assert_eq!(read_word.numbered, 1);
        let open = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body>
            <text:tracked-changes><text:p>舊</text:p></text:tracked-changes>
            <text:h>測試要點</text:h><text:p>一、<text:span>甲<text:s text:c="2"/>乙</text:span></text:p>
            <table:table><table:table-row><table:table-cell><text:p>級</text:p></table:table-cell><table:table-cell><text:p>件</text:p></table:table-cell></table:table-row></table:table>
            </office:body></office:document-content>"#;
        assert_eq!(read(open).text, "測試要點\n一、甲  乙\n| 級 | 件 |\n\n");
    }
}
