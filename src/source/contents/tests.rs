//! Files as programmes write them, made here in the smallest form.

use std::io::Write as _;

use lopdf::Object;

use super::*;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zipped(&parts)
}

pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begins");
        archive.write_all(text).expect("writes");
    }
    archive.finish().expect("ends").into_inner()
}

/// A PDF of one page with one line.
pub fn pdf_with(text: &str) -> Vec<u8> {
    use lopdf::content::{Content, Operation};
    use lopdf::{Document, Stream, dictionary};
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

/// What Word, Excel and Writer put among the letters of one word.
#[test]
fn a_number_goes_over_whatever_a_reader_does_not_see() {
    let bold = "<w:rPr><w:rFonts w:ascii=\"x\"></w:rFonts><w:b/><w:rPrChange w:author=\"x\"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>";
    let run = |text: &str| format!("<w:r>{bold}<w:t>{text}</w:t></w:r>");
    let (front, back) = (run("A12345"), run("6789"));
    let mut parts: Vec<(&str, &str, String)> = [
        format!("{front}{back}"),
        format!("{front}<w:proofErr w:type=\"x\"></w:proofErr>{back}"),
        format!("{front}<w:bookmarkStart w:name=\"_GoBack\"/><w:bookmarkEnd/>{back}"),
        format!("{front}<w:ins w:author=\"x\">{back}</w:ins>"),
        format!("{front}<w:moveTo w:author=\"x\">{back}</w:moveTo>"),
        format!("{front}<w:del><w:r><w:delText>000</w:delText></w:r></w:del>{back}"),
        format!("{front}<w:del><w:r><w:delText>6789</w:delText></w:r></w:del>"),
        format!("<w:moveFrom>{front}</w:moveFrom>{back}"),
        format!("{front}<w:fldSimple w:instr=\"x\">{back}</w:fldSimple>"),
        format!("{front}<w:r><w:instrText>PAGE</w:instrText></w:r>{back}"),
        format!("<w:sdt><w:sdtPr><w:tag w:val=\"x\"></w:tag></w:sdtPr><w:sdtEndPr>{bold}</w:sdtEndPr><w:sdtContent>{front}</w:sdtContent></w:sdt>{back}"),
        format!("<w:smartTag><w:smartTagPr><w:attr w:name=\"x\"/></w:smartTagPr>{front}</w:smartTag>{back}"),
        format!("<w:customXml><w:customXmlPr/>{front}</w:customXml>{back}"),
        format!("{front}\n   {back}"),
        format!("{front}<w:r><w:drawing><wp:docPr descr=\"x\"></wp:docPr></w:drawing></w:r>{back}"),
        // A box with its own text.
        format!("<w:r><w:pict><w:txbxContent><w:p>{front}{back}</w:p></w:txbxContent></w:pict></w:r>"),
        "<a:p><a:r><a:rPr><a:latin></a:latin></a:rPr><a:t>A12345</a:t></a:r><a:r><a:rPr/><a:t>6789</a:t></a:r><a:endParaRPr/></a:p>".to_owned(),
    ]
    .into_iter()
    .map(|line| ("a.docx", "word/document.xml", format!("<w:document><w:p>{line}</w:p></w:document>")))
    .collect();
    let rich = "<sst><si><r><rPr><b/><sz val=\"1\"></sz></rPr><t>A12345</t></r><r><rPr><b/></rPr><t>6789</t></r>\
                <rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><phoneticPr/></si></sst>";
    parts.push(("a.xlsx", "xl/sharedStrings.xml", rich.to_owned()));
    parts.extend(
        [
            "A12345<text:span text:style-name=\"x\"><text:span>6789</text:span></text:span>",
            "A12345<text:bookmark text:name=\"x\"/>6789",
            "A12345<text:bookmark text:name=\"x\"></text:bookmark>6789",
            "A12345<text:user-field-get text:name=\"x\">6789</text:user-field-get>",
            "A12345<office:annotation><dc:creator>x</dc:creator><text:p>y</text:p></office:annotation>6789",
            "<text:ruby><text:ruby-base>A12345</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>6789",
            "<text:a xlink:href=\"x\" office:title=\"y\">A12345</text:a>6789",
            "<text:meta>A12345</text:meta>6789",
        ]
        .map(|line| ("a.odt", "content.xml", format!("<office:text><text:p>{line}</text:p></office:text>"))),
    );
    for (path, part, text) in parts {
        let read = words(path, &archive(&[(part, &text)])).text;
        assert!(read.contains("A123456789"), "{text}: {read:?}");
    }
    // What a reader sees apart is apart.
    for (path, part, text) in [
        (
            "a.docx",
            "word/document.xml",
            "<w:p><w:r><w:t>A12345</w:t></w:r></w:p><w:p><w:r><w:t>6789</w:t></w:r></w:p>",
        ),
        (
            "a.docx",
            "word/document.xml",
            "<w:p><w:r><w:t>A12345</w:t><w:br/><w:t>6789</w:t></w:r></w:p>",
        ),
        ("a.xlsx", "xl/sharedStrings.xml", "<sst><si><t>A12345</t></si><si><t>6789</t></si></sst>"),
        ("a.odt", "content.xml", "<text:p>A12345<text:s/>6789</text:p>"),
        ("a.odt", "content.xml", "<text:h>A12345</text:h><text:p>6789</text:p>"),
    ] {
        let read = words(path, &archive(&[(part, text)])).text;
        assert!(!read.contains("A123456789") && read.contains("A12345"), "{text}: {read:?}");
    }
}

#[test]
fn pages_that_are_not_read_are_said_to_be_cut() {
    let one = pdf_with("A123456789");
    assert!(!pdf::words(&one, 1, 1).cut);
    let none = pdf::words(&one, 0, 1);
    assert!(none.cut && !none.text.contains("A123456789"));
    assert_eq!(words("a.pdf", &one), pdf::words(&one, PAGES, DEEPEST));
}

#[test]
fn texts_are_told_from_films_by_their_beginning() {
    assert!(begins_as_text("甲乙".as_bytes()) && begins_as_text(&"甲乙".as_bytes()[..4]));
    assert!(!begins_as_text(b"\x00\x00\x00\x18ftypmp42") && !begins_as_text(b"\x89PNG\r\n"));
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

/// A form has a cell for each figure; a sheet names its texts by number.
#[test]
fn figures_in_cells_of_their_own_are_one_number() {
    let figures = "A123456789".chars();
    let cells = |open: &str, close: &str| -> String {
        figures.clone().map(|c| format!("{open}{c}{close}")).collect()
    };
    let word = cells("<w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>");
    let word = format!("<w:tr><w:tc><w:p><w:t>身分證字號</w:t></w:p></w:tc>{word}</w:tr>");
    let open = cells("<table:table-cell><text:p>", "</text:p></table:table-cell>");
    let open = format!("<table:table-row>{open}</table:table-row>");
    // The letter is the second text of the sheet; figures are numbers.
    let texts = "<sst><si><t>說明</t></si><si><t>A</t></si></sst>";
    let row = "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>".to_owned()
        + &(1..10).map(|figure| format!("<c><v>{figure}</v></c>")).collect::<String>();
    let sheet = format!("<row>{row}</row><row><c><v>0</v></c></row>");
    for (path, parts) in [
        ("a.docx", vec![("word/document.xml", &*word)]),
        ("a.odt", vec![("content.xml", &*open)]),
        ("a.xlsx", vec![("xl/worksheets/sheet1.xml", &*sheet), ("xl/sharedStrings.xml", texts)]),
    ] {
        let read = words(path, &archive(&parts)).text;
        assert!(read.contains("A 1 2 3 4 5 6 7 8 9；"), "{path}: {read:?}");
    }
}

#[test]
fn parts_that_few_look_at_are_read_too() {
    let number = "<text:p>A123456789</text:p>";
    let head =
        "<headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"A123456789</oddHeader></headerFooter>";
    let choice = "<w:p><w:listItem w:displayText=\"A123456789\"/></w:p>";
    for (path, part, text) in [
        ("a.odt", "styles.xml", number),
        ("a.odt", "Object 1/content.xml", number),
        ("a.docx", "customXml/item1.xml", "<a>A123456789</a>"),
        ("a.docx", "word/afchunk.htm", "<p>A123456789</p>"),
        ("a.docx", "word/document.xml", choice),
        ("a.xlsx", "xl/worksheets/sheet1.xml", head),
        ("a.xlsx", "xl/sharedStrings.xml", "<si><t>A12345_x0036_789</t></si>"),
    ] {
        let read = words(path, &archive(&[(part, text)])).text;
        assert!(!crate::privacy::find(&read).is_empty(), "{part}: {read:?}");
    }
    // Word reads UTF-16, too; an escaped `_` begins no escape.
    let wide: Vec<u8> =
        "\u{feff}<w:p>A123456789</w:p>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(words("a.docx", &zipped(&[("word/document.xml", &wide)])).text.contains("A123456789"));
    let literal = archive(&[("xl/sharedStrings.xml", "<si><t>_x005F_x0041_ _x00 _x_</t></si>")]);
    assert!(words("a.xlsx", &literal).text.contains("_x0041_ _x00 _x_"));
    let inner = archive(&[("word/document.xml", "<w:p>A123456789</w:p>")]);
    let inner = zipped(&[("word/embeddings/a.docx", &inner)]);
    assert!(words("a.docx", &inner).text.contains("A123456789"));
    let (big5, _, _) = encoding_rs::BIG5.encode("身分證A123456789");
    let named = zipped(&[("a.txt", &big5), ("B123456780.png", b"x")]);
    let read = words("a.zip", &named);
    assert!(read.text.contains("A123456789") && read.text.contains("B123456780") && !read.cut);
    let deep = zipped(&[("b.zip", &zipped(&[("c.zip", &inner)]))]);
    assert!(words("a.docx", &deep).cut);
}

/// What is drawn as a whole, described, or carried along.
#[test]
fn what_a_pdf_has_beside_its_pages_is_read() {
    use lopdf::{Stream, dictionary};
    let drawn = b"BT /F1 12 Tf (A123456789) Tj ET".to_vec();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
    let fonts = dictionary! { "Font" => dictionary! { "F1" => font } };
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => fonts };
    let xml = b"<x><dc:creator>A123456789</dc:creator></x>".to_vec();
    for stream in [
        Stream::new(form, drawn),
        Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"A123456789".to_vec()),
        Stream::new(dictionary! { "Type" => "Metadata" }, xml),
    ] {
        let mut document = lopdf::Document::load_mem(&pdf_with("x")).expect("a PDF");
        document.add_object(Object::Stream(stream));
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saves");
        let read = words("a.pdf", &bytes);
        assert!(read.text.contains("A123456789") && !read.cut, "{read:?}");
    }
}

#[test]
fn what_unfolds_to_too_much_is_said_to_be_cut() {
    let bomb = archive(&[("word/document.xml", &"<w:p>x</w:p>".repeat(1 << 20))]);
    assert!(words("a.docx", &bomb).cut, "{} bytes", bomb.len());
}

/// A small file whose pages unfold to very much is read in part, and the rest is said to be unread.
#[test]
fn pages_that_unfold_to_too_much_are_said_to_be_cut() {
    let mut document = lopdf::Document::load_mem(&pdf_with("A123456789")).expect("a PDF");
    let large = b"BT /F1 12 Tf ".to_vec().into_iter().chain(b"(A) Tj ".repeat(1 << 20)).collect();
    let mut stream = lopdf::Stream::new(lopdf::dictionary! { "Subtype" => "Form" }, large);
    stream.compress().expect("compresses");
    document.add_object(Object::Stream(stream));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    assert!(bytes.len() < 1 << 17);
    let read = words("a.pdf", &bytes);
    assert!(read.cut && read.text.contains("A123456789"));
    // One that is locked has words that cannot be read; one that is none has none.
    assert!(words("a.pdf", b"%PDF-1.4 trailer <</Encrypt 4 0 R>>").cut);
    assert!(!words("a.pdf", b"%PDF-1.4 x").cut);
}

#[test]
fn what_is_broken_has_no_words() {
    let whole = pdf_with("A123456789");
    for cut in (0..whole.len()).step_by(37) {
        words("a.pdf", &whole[..cut]);
    }
    assert_eq!(words("a.docx", b"PK\x03\x04 not a zip"), Words::default());
}

#[test]
fn a_text_is_read_in_the_encoding_that_makes_sense_of_it() {
    for words in [
        "戶政資料之查詢紀錄應保存五年，並由單位主管核閱。",
        "持證人 Ａ１２３４５６７８９",
        "查询记录应当保存五年，并由单位主管核阅。",
        "一、各单位应每月抽查。",
    ] {
        let gb18030 = GB18030.encode(words).0;
        assert_eq!(text(&gb18030).as_deref(), Some(words));
        let (big5, _, is_lossy) = BIG5.encode(words);
        if !is_lossy {
            assert_eq!(text(&big5).as_deref(), Some(words));
        }
    }
    assert_eq!(text(b"\xff\xd8\xff\xe0 JFIF"), None);
}

/// An agency's own characters are none of Big5, but some of GB18030.
#[test]
fn big5_with_characters_of_an_agency_is_read_as_big5() {
    let mut bytes = BIG5.encode("申請人王").0.into_owned();
    bytes.extend([0x81, 0x40]);
    bytes.extend(&*BIG5.encode("，統一編號Ａ１２３４５６７８９，住本市中正區。").0);
    assert_eq!(text(&bytes), None, "lost characters are said");
    let words = words("list.txt", &bytes).text;
    assert!(words.contains("統一編號Ａ１２３４５６７８９，住本市"), "{words}");
}
