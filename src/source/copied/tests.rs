use super::*;
use crate::source::contents::zipped;

#[test]
fn numbers_at_the_border_of_two_windows_are_found_once() {
    let (number, window) = ("A123456789", 2_048);
    for before in 0..3 {
        for end in (window - OVERLAP - 2..window - OVERLAP + 20).chain(window - 6..window + 14) {
            let mut text = "x".repeat(before);
            while text.len() + 4 <= end - number.len() {
                text.push('甲');
            }
            text.push_str(&" ".repeat(end - number.len() - text.len()));
            text.push_str(number);
            text.push(' ');
            while text.len() < window + 2 * OVERLAP {
                text.push('甲');
            }
            let found = in_windows(&text, window);
            let place = (1, end - number.len());
            assert_eq!(found, BTreeMap::from([(privacy::Kind::Identity, place)]), "{end}");
        }
    }
}

#[test]
fn only_large_files_that_may_hold_words_are_said_to_be_unsearched() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = Folder::hold(place.path()).expect("is there");
    let said = |path: &str, area, head: &[u8]| {
        let size = contents::LARGEST + 1;
        let content = Content::Binary { size, sha256: String::new(), head: head.to_vec() };
        let file = SourceFile { path: path.to_owned(), area, content };
        let said = look_at(&folder, FileId(0), &file, None).expect("nothing is read");
        said.into_iter().next().map(|one| one.help.unwrap_or_default())
    };
    let film = b"\0\0\0\x18ftypmp42";
    assert_eq!(said("static/film.mp4", Area::Static, film), None);
    let of_settings = said("static/list.json", Area::Static, b"{}").expect("is said");
    let waive = "`waive: [{code: personal-data, file: \"static/list.json\"";
    assert!(of_settings.contains(waive) && !of_settings.contains("pii_ok"), "{of_settings}");
    let path = "content/evidence/files/a.pdf";
    let of_record = said(path, Area::Evidence, b"%PDF\xff").expect("is said");
    assert!(of_record.contains("`pii_ok: {reason: …, until: …}`"), "{of_record}");
}

/// What is said of characters that nobody sees in a file of evidence.
fn said_of(name: &str, bytes: &[u8]) -> Option<String> {
    let place = tempfile::tempdir().expect("a temporary folder");
    let path = format!("content/evidence/files/{name}");
    let at = place.path().join(&path);
    std::fs::create_dir_all(at.parent().expect("a folder")).expect("makes");
    std::fs::write(&at, bytes).expect("writes");
    let folder = Folder::hold(place.path()).expect("is there");
    let content =
        Content::Binary { size: bytes.len() as u64, sha256: String::new(), head: Vec::new() };
    let file = SourceFile { path, area: Area::Evidence, content };
    let said = look_at(&folder, FileId(0), &file, None).expect("reads");
    said.into_iter().find(|one| one.code == Code::HiddenInCopy).map(|one| one.message)
}

/// A PDF with a title, a description that begins as all do, and a page that draws one character.
fn pdf(title: &str, drawn: char) -> Vec<u8> {
    use lopdf::{Document, Object, Stream, StringFormat, dictionary};
    let mut document = Document::with_version("1.5");
    let letters = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n\
         2 beginbfchar\n<41> <{:04X}>\n<78> <0078>\nendbfchar\nendcmap\n\
         CMapName currentdict /CMap defineresource pop\nend\nend\n",
        u32::from(drawn)
    );
    let letters = document.add_object(Stream::new(dictionary! {}, letters.into_bytes()));
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "ToUnicode" => letters,
    };
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    let content = Stream::new(dictionary! {}, b"BT /F1 12 Tf (xAx) Tj ET".to_vec());
    let content = document.add_object(content);
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(all));
    let described = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x/>";
    let described = Stream::new(dictionary! { "Type" => "Metadata" }, described.into());
    let described = document.add_object(described);
    let root = dictionary! { "Type" => "Catalog", "Pages" => pages, "Metadata" => described };
    let root = document.add_object(root);
    document.trailer.set("Root", root);
    let wide = format!("\u{feff}{title}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let title = Object::String(wide, StringFormat::Hexadecimal);
    let info = document.add_object(dictionary! { "Title" => title });
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

#[test]
fn what_nobody_sees_in_office_files_and_pdf_is_reported_with_its_place() {
    for c in ['\u{202e}', '\u{2066}', '\u{e0041}', '\u{200b}', '\u{3164}', '\u{feff}', '\u{61c}'] {
        let word = format!("<w:p><w:t>甲</w:t></w:p><w:p><w:t>甲{c}乙</w:t></w:p>");
        let entity = format!("<w:p><w:t>甲&#x{:x};</w:t></w:p>", u32::from(c));
        let titled = format!("<sheets><sheet name=\"甲{c}乙\"/></sheets>");
        let escaped = format!("<si><t>甲_x{:04X}_乙</t></si>", u32::from(c));
        let open = format!("<text:p>甲{c}乙</text:p>");
        let wide: Vec<u8> =
            format!("\u{feff}{word}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let inner = zipped(&[("content.xml", open.as_bytes())]);
        let mut files = vec![
            ("a.docx", "word/document.xml", word.as_bytes(), "line 2 of word/document.xml"),
            ("a.docx", "word/document.xml", &wide, "line 2 of word/document.xml"),
            ("a.docx", "word/document.xml", entity.as_bytes(), "line 1 of word/document.xml"),
            ("a.xlsx", "xl/workbook.xml", titled.as_bytes(), "line 1 of xl/workbook.xml"),
            ("a.odt", "content.xml", open.as_bytes(), "line 1 of content.xml"),
            ("a.ods", "styles.xml", open.as_bytes(), "line 1 of styles.xml"),
            ("a.zip", "a.txt", open.as_bytes(), "line 1 of a.txt"),
            ("a.docx", "word/a.odt", &inner, "line 1 of content.xml of word/a.odt"),
        ];
        if u32::from(c) < 0x10000 {
            let place = "line 1 of xl/sharedStrings.xml";
            files.push(("a.xlsx", "xl/sharedStrings.xml", escaped.as_bytes(), place));
        }
        let shown = hidden::describe(c);
        for (name, part, bytes, place) in files {
            let said = said_of(name, &zipped(&[(part, bytes)])).unwrap_or_default();
            let ending = format!("the first, {shown}, in {place}");
            assert!(said.ends_with(&ending), "{name} {part} {shown}: {said:?}");
        }
        let said = said_of("a.pdf", &pdf(&format!("甲{c}乙"), 'A')).unwrap_or_default();
        assert!(
            said.ends_with("of what stands beside its pages") && said.contains(&shown),
            "{said}"
        );
        if u32::from(c) < 0x10000 {
            let said = said_of("a.pdf", &pdf("甲", c)).unwrap_or_default();
            let words = contents::words("a.pdf", &pdf("甲", c));
            assert!(
                said.ends_with("line 1 of page 1") && said.contains(&shown),
                "{said} {words:?}"
            );
        }
    }
}

#[test]
fn what_programs_put_into_files_is_no_fault() {
    let word = "\u{feff}<?xml version=\"1.0\"?><w:p><w:t>甲乙　「丙」—…</w:t><w:softHyphen/></w:p>";
    let sheet = "<sst><si><t>第一列_x000D_\n第二列 _x0041_</t></si></sst>";
    assert_eq!(said_of("a.docx", &zipped(&[("word/document.xml", word.as_bytes())])), None);
    assert_eq!(said_of("a.xlsx", &zipped(&[("xl/sharedStrings.xml", sheet.as_bytes())])), None);
    for drawn in ['A', '\u{ad}', '\u{2028}', '\u{ffff}', '\u{0}'] {
        assert_eq!(said_of("a.pdf", &pdf("甲", drawn)), None, "{}", hidden::describe(drawn));
    }
}
