//! A text as somebody found it: bytes of whatever encoding become text, and what was done to them is
//! said; of a web page or an office document the lines are taken out. Files of a site are read by
//! `decode` alone, which changes nothing.

mod copied;
mod office;
mod tangle;
mod web;

use office::NoDocument;
use tangle::is_tangled;

/// A text, and what was done to its bytes, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub text: String,
    pub notes: Vec<String>,
}

/// Why bytes give no text, and the remedy.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: String,
    pub help: String,
}

/// Reads bytes in UTF-8, Big5 or UTF-16. Marks that take no room and say nothing are left out.
pub fn found(bytes: &[u8]) -> Result<Found, Unreadable> {
    if bytes.starts_with(b"%PDF") {
        return Err(Unreadable {
            message: "the file is a PDF, which holds no text that could be read safely".to_owned(),
            help: "take its text out (`pdftotext -layout FILE.pdf FILE.txt`), look it over, and import that"
                .to_owned(),
        });
    }
    let mut notes = Vec::new();
    if bytes.starts_with(b"PK\x03\x04") {
        return from_document(bytes);
    }
    if bytes.starts_with(b"{\\rtf") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Unreadable {
            message: "the file is a document in a form that is not read (.doc, .rtf)".to_owned(),
            help: "save it as .docx, .odt or plain text, look it over, and import that".to_owned(),
        });
    }
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            decoded(encoding, bytes, &mut notes)?
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => text.to_owned(),
            Ok(_) => decoded(encoding_rs::UTF_16LE, bytes, &mut notes)?,
            Err(error) => {
                decoded(encoding_rs::BIG5, bytes, &mut notes).map_err(|_| Unreadable {
                    message: format!(
                        "byte {} of the file is neither UTF-8 nor Big5",
                        error.valid_up_to()
                    ),
                    help: "save the file as UTF-8".to_owned(),
                })?
            }
        },
    };
    let text = if web::is_page(&text) {
        if is_tangled(&text) {
            return Err(Unreadable {
                message: "the web page nests its elements deeper, or gives them more attributes, than any \
                          page of a text does"
                    .to_owned(),
                help: "save the page as plain text, look it over, and import that".to_owned(),
            });
        }
        notes.push("the file was a web page; its words are kept, line by line".to_owned());
        web::lines(&text)
    } else {
        copied::plain(text, &mut notes)
    };
    Ok(without_hidden(text, notes))
}

/// The lines of a .docx or .odt.
fn from_document(bytes: &[u8]) -> Result<Found, Unreadable> {
    let document = office::document(bytes).map_err(|why| Unreadable {
        message: match why {
            NoDocument::Other => "the file is a ZIP archive that holds no document",
            NoDocument::TooLarge => "the document unfolds to more than is read",
        }
        .to_owned(),
        help: "import the text itself: .txt, .html, .docx or .odt".to_owned(),
    })?;
    let mut notes =
        vec!["the file was an office document; its words are kept, line by line".to_owned()];
    if document.numbered > 0 {
        notes.push(format!(
            "{} paragraphs have numbers that the word processor makes and the file does not hold: \
             turn them into text (or save as plain text) and import again if clauses are missing",
            document.numbered
        ));
    }
    Ok(without_hidden(document.text, notes))
}

/// The text without marks that take no room.
fn without_hidden(text: String, mut notes: Vec<String>) -> Found {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let count = text.chars().filter(|c| hidden(*c)).count();
    let bare = if count == 0 { text } else { text.chars().filter(|c| !hidden(*c)).collect() };
    if count > 0 {
        notes.push(format!("{count} hidden characters, which nobody sees, were left out"));
    }
    Found { text: bare, notes }
}

fn decoded(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
    notes: &mut Vec<String>,
) -> Result<String, Unreadable> {
    let (text, encoding, faulty) = encoding.decode(bytes);
    if faulty {
        return Err(Unreadable {
            message: format!("the file is no whole {}", encoding.name()),
            help: "save the file as UTF-8".to_owned(),
        });
    }
    notes.push(format!("the file was {}; it is kept as UTF-8", encoding.name()));
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_read_and_said() {
        let (big5, _, _) = encoding_rs::BIG5.encode("一、甲。");
        let read = found(&big5).expect("Big5");
        assert_eq!(read.text, "一、甲。");
        assert_eq!(read.notes, ["the file was Big5; it is kept as UTF-8"]);
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("一、甲。".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(found(&wide).expect("UTF-16").text, "一、甲。");
        assert_eq!(found("一、\u{200b}甲。".as_bytes()).expect("UTF-8").text, "一、甲。");
        assert!(found(b"%PDF-1.7").expect_err("a PDF").help.contains("pdftotext"));
        assert!(found(&[0xe4, 0xb8, 0xff]).is_err());
    }
}
