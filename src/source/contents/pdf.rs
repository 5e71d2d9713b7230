//! The words of a PDF: its pages, what is drawn on them as a whole (forms, stamps, notes), what is
//! written beside them, and the files it carries.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{BREAK, Words, embedded, pdf_text};

/// The most bytes the content of one page may unfold to: what is drawn with them is thirty times as
/// large in memory.
const UNFOLDED: usize = 3 << 20;
/// The most that all pages may, beside so many times the file's size: a mebibyte takes a fifth of a
/// second to read.
const ALL_UNFOLDED: usize = 2 << 20;
const UNFOLDS: usize = 2;
/// The most that files within it may.
const CARRIED: usize = 8 << 20;

/// The text of a PDF, of its first pages so many; empty where it holds pictures only.
pub fn words(bytes: &[u8], most: usize, depth: usize) -> Words {
    // The crate reads what the world's programmes write, and may give up by a panic on the rest.
    let read = std::panic::catch_unwind(|| {
        let mut document = Document::load_mem(bytes).ok()?;
        let pages = document.get_pages().len();
        let mut words = Words { cut: pages > most, ..Words::default() };
        let carried = carried(&document, most, depth, &mut words.cut);
        add_drawn(&mut document, most);
        let mut left = ALL_UNFOLDED + UNFOLDS * bytes.len();
        for (page, id) in document.get_pages().into_iter().take(2 * most) {
            let room = UNFOLDED.min(left);
            let Ok(content) = document.get_page_content_with_limit(id, room) else {
                words.cut = true;
                // What was unfolded in vain counts as well: a thousand pages may draw the same.
                left -= room;
                if left == 0 {
                    break;
                }
                continue;
            };
            left -= content.len();
            let number = page as usize;
            let drawn = if number > pages { "a form".to_owned() } else { format!("page {page}") };
            words.begin(drawn, true);
            // One part that cannot be read takes none of the others with it.
            for part in document.extract_text_chunks_with_limit(&[page], UNFOLDED) {
                match part {
                    Ok(part) => words.text.push_str(&part),
                    Err(_) => words.cut = true,
                }
            }
            words.text.push_str(BREAK);
        }
        words.begin("what stands beside its pages".to_owned(), true);
        for text in document.objects.values().flat_map(beside_the_text) {
            words.text.push_str(&text);
            words.text.push_str(BREAK);
        }
        for within in carried {
            words.add_within("a file within it", within);
        }
        Some(words)
    });
    // One that is locked has pages all the same.
    let locked = || bytes.windows(8).any(|word| word == b"/Encrypt");
    read.ok().flatten().unwrap_or_else(|| Words { cut: locked(), ..Words::default() })
}

/// Adds a page for each form, so that what stands in it is read like a page's text.
fn add_drawn(document: &mut Document, most: usize) {
    let pages =
        document.catalog().ok().and_then(|root| root.get(b"Pages").ok()?.as_reference().ok());
    let Some(pages) = pages else { return };
    let of_page = document
        .page_iter()
        .next()
        .and_then(|page| Some(document.get_dictionary(page).ok()?.get(b"Resources").ok()?.clone()));
    let is_form = |dictionary: &Dictionary| {
        dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form")
    };
    let forms: Vec<(ObjectId, Option<Object>)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((id, &object.as_stream().ok()?.dict)))
        .filter(|(_, dictionary)| is_form(dictionary))
        .take(most)
        .map(|(id, dictionary)| (*id, dictionary.get(b"Resources").ok().cloned()))
        .collect();
    let mut added = Vec::new();
    for (form, resources) in forms {
        let mut page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => form };
        if let Some(resources) = resources.or_else(|| of_page.clone()) {
            page.set("Resources", resources);
        }
        added.push(Object::Reference(document.add_object(page)));
    }
    let root = document.get_dictionary_mut(pages).ok();
    if let Some(Object::Array(kids)) = root.and_then(|root| root.get_mut(b"Kids").ok()) {
        kids.extend(added);
    }
}

/// What the files and descriptions within it say.
fn carried(document: &Document, most: usize, depth: usize, cut: &mut bool) -> Vec<Words> {
    let kind = |stream: &Stream| {
        stream.dict.get(b"Type").and_then(Object::as_name).ok().map(<[u8]>::to_vec)
    };
    let mut texts = Vec::new();
    let mut left = CARRIED;
    for stream in
        document.objects.values().filter_map(|object| object.as_stream().ok()).take(100 * most)
    {
        let kind = kind(stream);
        if !matches!(kind.as_deref(), Some(b"EmbeddedFile" | b"Metadata")) {
            continue;
        }
        match stream.get_plain_content_with_limit(left) {
            Ok(bytes) => {
                left = left.saturating_sub(bytes.len());
                let mut words = embedded(&bytes, depth);
                // A description begins by a mark of its byte order, which is no character of it.
                if let Some(at) =
                    words.text.find("begin=\"\u{feff}").filter(|_| words.parts.is_empty())
                {
                    words.text.remove(at + "begin=\"".len());
                }
                texts.push(words);
            }
            Err(_) => *cut = true,
        }
    }
    texts
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
