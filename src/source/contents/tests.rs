//! Files as programmes write them, made here in the smallest form.

use std::io::Write as _;

use super::*;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begins");
        archive.write_all(text.as_bytes()).expect("writes");
    }
    archive.finish().expect("ends").into_inner()
}

/// A PDF of one page with one line.
pub fn pdf_with(text: &str) -> Vec<u8> {
    use lopdf::content::{Content, Operation};
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" },
    );
    let fonts = dictionary! { "Font" => dictionary! { "F1" => font } };
    let resources = document.add_object(fonts);
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("Tj", vec![Object::string_literal(text)]),
        Operation::new("ET", vec![]),
    ];
    let content = Content { operations }.encode().expect("encodes");
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let page = document
        .add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
    let all = dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    document.objects.insert(pages, Object::Dictionary(all));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

#[test]
fn words_of_every_type_are_read() {
    let docx = "<w:document><w:p><w:r><w:t>A12345</w:t></w:r><w:r><w:t>6789</w:t></w:r></w:p></w:document>";
    let sheet = "<sst><si><t>A123456789</t></si><si><t>乙</t></si></sst>";
    let open = "<office:text><text:p>A123<text:span>456789</text:span></text:p></office:text>";
    let (big5, _, _) = encoding_rs::BIG5.encode("身分證A123456789");
    let utf_16: Vec<u8> = "\u{feff}A123456789".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, bytes) in [
        ("a.txt", b"A123456789".to_vec()),
        ("a.csv", big5.into_owned()),
        ("a.TXT", utf_16),
        ("a.docx", archive(&[("word/document.xml", docx)])),
        ("a.xlsx", archive(&[("xl/sharedStrings.xml", sheet)])),
        ("a.odt", archive(&[("mimetype", "x"), ("content.xml", open)])),
        ("a.ods", archive(&[("content.xml", open)])),
        ("a.pdf", pdf_with("A123456789")),
    ] {
        assert!(has_words(path));
        assert!(
            words(path, &bytes).text.contains("A123456789"),
            "{path}: {:?}",
            words(path, &bytes)
        );
    }
    assert!(!has_words("a.png"));
}

#[test]
fn what_stands_beside_the_text_is_read_too() {
    let sheet = "<workbook><sheets><sheet name=\"A123456789\"/></sheets></workbook>";
    let link =
        "<Relationships><Relationship Target=\"mailto:someone@example.com\"/></Relationships>";
    let core = "<cp:coreProperties><dc:creator>A123456789</dc:creator></cp:coreProperties>";
    let picture = "<w:p><wp:docPr id=\"1\" descr=\"A123456789\"/></w:p>";
    let value = "<table:table-cell office:string-value=\"A123456789\"><text:p>x</text:p></table:table-cell>";
    for (path, part, text, word) in [
        ("a.xlsx", "xl/workbook.xml", sheet, "A123456789"),
        ("a.docx", "word/_rels/document.xml.rels", link, "someone@example.com"),
        ("a.docx", "docProps/core.xml", core, "A123456789"),
        ("a.docx", "word/document.xml", picture, "A123456789"),
        ("a.ods", "content.xml", value, "A123456789"),
    ] {
        let words = words(path, &archive(&[(part, text)]));
        assert!(words.text.contains(word) && !words.cut, "{part}: {words:?}");
    }
    // Cells are apart: no number goes from one to the next.
    let cells = archive(&[("xl/worksheets/sheet1.xml", "<c><f>A12345</f><v>6789</v></c>")]);
    assert!(!words("a.xlsx", &cells).text.contains("A123456789"));
    let titled = {
        let mut document = lopdf::Document::load_mem(&pdf_with("x")).expect("a PDF");
        let wide = "\u{feff}甲A123456789".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let title = Object::String(wide, lopdf::StringFormat::Hexadecimal);
        let info = document.add_object(lopdf::dictionary! { "Title" => title });
        document.trailer.set("Info", info);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saves");
        bytes
    };
    assert!(words("a.pdf", &titled).text.contains("甲A123456789"));
}

#[test]
fn what_unfolds_to_too_much_is_said_to_be_cut() {
    let bomb = archive(&[("word/document.xml", &"<w:p>x</w:p>".repeat(1 << 20))]);
    assert!(words("a.docx", &bomb).cut, "{} bytes", bomb.len());
}

#[test]
fn what_is_broken_has_no_words() {
    let whole = pdf_with("A123456789");
    for cut in (0..whole.len()).step_by(37) {
        words("a.pdf", &whole[..cut]);
    }
    assert_eq!(words("a.docx", b"PK\x03\x04 not a zip"), Words::default());
}
