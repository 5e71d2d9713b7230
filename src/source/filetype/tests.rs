use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
const WEBP: &[u8] = b"RIFF\x10\0\0\0WEBPVP8 ";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
const HTML: &[u8] = b"<!doctype html><script>alert(1)</script>";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A ZIP file that begins with one stored entry.
fn zip(name: &str, content: &str) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let size = u32::try_from(content.len()).expect("small").to_le_bytes();
    bytes.extend(size);
    bytes.extend(size);
    bytes.extend(u16::try_from(name.len()).expect("small").to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(name.as_bytes());
    bytes.extend(content.as_bytes());
    bytes
}

#[test]
fn accepts_each_type_with_its_content() {
    let odt = zip("mimetype", "application/vnd.oasis.opendocument.text");
    let ods = zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let office = zip("[Content_Types].xml", "<Types/>");
    let cases: [(&str, &[u8], &str); 17] = [
        ("a.pdf", PDF, "application/pdf"),
        ("115/稽核報告.v1.2.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.JPEG", JPEG, "image/jpeg"),
        ("a.webp", WEBP, "image/webp"),
        ("a.txt", "稽核".as_bytes(), "text/plain"),
        ("a.txt", b"", "text/plain"),
        ("a.txt", HTML, "text/plain"),
        ("big5.txt", b"\xbd]\xae\xd6", "text/plain"),
        ("a.csv", b"a,b\r\n", "text/csv"),
        ("a.xlsx", &office, TYPES[7].1),
        ("a.docx", &office, TYPES[8].1),
        ("a.odt", &odt, TYPES[9].1),
        ("a.ods", &ods, TYPES[10].1),
        ("a.zip", &office, "application/zip"),
        ("empty.zip", b"PK\x05\x06\0\0", "application/zip"),
    ];
    for (path, head, mime) in cases {
        assert_eq!(allowed_type(path, head), Ok(mime), "{path}");
    }
}

#[test]
fn refuses_what_is_not_what_it_says() {
    let odt = zip("mimetype", "application/vnd.oasis.opendocument.text");
    let epub = zip("mimetype", "application/epub+zip");
    let office = zip("[Content_Types].xml", "<Types/>");
    let cases: [(&str, &[u8]); 36] = [
        ("a.html", HTML),
        ("a.HTM", HTML),
        ("a.pdf.html", PDF),
        ("a.html.pdf", PDF),
        ("a.php.png", PNG),
        ("a.svg", SVG),
        ("a.svg.png", PNG),
        ("a.png", SVG),
        ("a.png", HTML),
        ("a.png", JPEG),
        ("a.png", b""),
        ("a.jpg", SVG),
        ("a.jpg", PNG),
        ("a.webp", b"RIFF\x10\0\0\0WAVEfmt "),
        ("a.pdf", HTML),
        ("a.pdf", b"\n%PDF-1.7"),
        ("a.pdf", b"<html>%PDF-1.7"),
        ("a.pdf", b"\xef\xbb\xbf%PDF-1.7"),
        ("a.pdf", OLE),
        ("a.docx", OLE),
        ("a.doc", OLE),
        ("a.docm", &office),
        ("a.docx", &odt),
        ("a.xlsx", HTML),
        ("a.odt", &office),
        ("a.odt", &epub),
        ("a.ods", &odt),
        ("a.zip", b"PK"),
        ("a.zip", b"MZ\x90\0PK\x03\x04"),
        ("a.txt", b"MZ\x90\0"),
        ("a.txt", PDF),
        ("a.csv", &office),
        ("a.txt", b"a\0b\0"),
        ("a.xml", b"<?xml version=\"1.0\"?>"),
        ("a.pdf.", PDF),
        ("pdf", PDF),
    ];
    for (path, head) in cases {
        assert!(allowed_type(path, head).is_err(), "{path} {head:?}");
    }
    let why = allowed_type("a.png", SVG).expect_err("is an SVG");
    assert_eq!(
        why,
        "the content is not what `.png` says: it does not begin with the PNG signature"
    );
}
