//! Papers of which few bytes make much: nothing but zeros, parts by the thousand, one within the
//! other, pages that all draw the same.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::inputs::{many, zip};

/// Each with its name and the name of its file.
pub fn bombs(size: usize) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let zeros = "0".repeat(size * 200);
    let parts: Vec<(String, &[u8])> = (0..size / 120)
        .map(|n| (format!("xl/worksheets/sheet{n}.xml"), b"<a/>".as_slice()))
        .collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (&**name, *part)).collect();
    let cells = many("<row><c t=\"s\"><v>0</v></c></row>", size * 40);
    let within = zip(&[("a.txt", zeros.as_bytes())]);
    let three = (0..3).fold(within, |inner, _| {
        zip(&[("a.zip", &inner), ("b.zip", &inner), ("c.zip", &inner), ("d.zip", &inner)])
    });
    let text = format!("<sst><si><t>{}</t></si></sst>", "A".repeat(size));
    vec![
        ("zip of zeros", "a.zip", zip(&[("a.txt", zeros.as_bytes())])),
        ("zip of zips", "a.zip", three),
        ("zip of many parts", "a.zip", zip(&parts)),
        ("xlsx of many sheets", "a.xlsx", zip(&parts)),
        ("xlsx of zeros", "a.xlsx", zip(&[("xl/worksheets/sheet1.xml", zeros.as_bytes())])),
        (
            "xlsx whose cells all name one long text",
            "a.xlsx",
            zip(&[
                ("xl/sharedStrings.xml", text.as_bytes()),
                ("xl/worksheets/sheet1.xml", cells.as_bytes()),
            ]),
        ),
        ("docx of zeros", "a.docx", zip(&[("word/document.xml", zeros.as_bytes())])),
        ("PDF of a stream of zeros", "a.pdf", pdf_of_pages(1, &zeros)),
        (
            "PDF whose pages all draw one stream",
            "a.pdf",
            pdf_of_pages(size / 120, &many("(A1) Tj ", size)),
        ),
    ]
}

/// A PDF of `count` pages, all with the one content, which is folded.
fn pdf_of_pages(count: usize, content: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let mut stream = Stream::new(Dictionary::new(), format!("BT {content} ET").into_bytes());
    stream.compress().expect("folds");
    let content = document.add_object(stream);
    let kids: Vec<Object> = (0..count)
        .map(|_| {
            let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(count).expect("few");
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(pages, Object::Dictionary(tree));
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("writes");
    bytes
}
