//! The types of evidence that may be published. Ending and content must agree, so that nothing a
//! browser would run reaches the reader from our address.

/// The endings allowed, with their media types.
const TYPES: [(&str, &str); 12] = [
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("zip", "application/zip"),
];

/// Endings that make a server or browser run the file, also where they are not the last one.
const ACTIVE: [&str; 21] = [
    "asp", "aspx", "bat", "cgi", "cmd", "exe", "hta", "htm", "html", "js", "jsp", "lnk", "mht",
    "mhtml", "php", "ps1", "shtml", "svg", "xht", "xhtml", "xml",
];

/// Beginnings of files that are not text, whatever their ending.
const NOT_TEXT: [&[u8]; 9] = [
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ\x90",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
];

/// The media type of the file at `path` that begins with the bytes `head`, or why it may not be
/// published.
pub fn allowed_type(path: &str, head: &[u8]) -> Result<&'static str, String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut endings: Vec<_> = name.split('.').skip(1).map(str::to_lowercase).collect();
    let Some(ending) = endings.pop() else {
        return Err(format!("`{name}` has no ending; {}", allowed_endings()));
    };
    let Some((_, mime)) = TYPES.iter().find(|(known, _)| *known == ending) else {
        return Err(format!("`.{ending}` files are not published; {}", allowed_endings()));
    };
    if let Some(active) = endings.iter().find(|inner| ACTIVE.contains(&inner.as_str())) {
        return Err(format!("`{name}` has two endings, and servers may go by `.{active}`"));
    }
    match content_fault(&ending, mime, head) {
        Some(fault) => Err(format!("the content is not what `.{ending}` says: {fault}")),
        None => Ok(mime),
    }
}

fn allowed_endings() -> String {
    let endings: Vec<_> = TYPES.iter().map(|(ending, _)| *ending).collect();
    format!("allowed are {}", endings.join(", "))
}

fn content_fault(ending: &str, mime: &str, head: &[u8]) -> Option<String> {
    let (fits, expected) = match ending {
        "pdf" => (head.starts_with(b"%PDF-"), "`%PDF-`"),
        "png" => (head.starts_with(b"\x89PNG\r\n\x1a\n"), "the PNG signature"),
        "jpg" | "jpeg" => (head.starts_with(b"\xff\xd8\xff"), "the JPEG signature"),
        "webp" => (is_webp(head), "the WebP signature"),
        "zip" => (is_zip(head) || head.starts_with(b"PK\x05\x06"), "a ZIP entry"),
        "xlsx" | "docx" => {
            let open_document = declared_mime(head).is_some();
            (is_zip(head) && !open_document, "the first entry of an Office Open XML file")
        }
        "odt" | "ods" => {
            let declared = declared_mime(head).is_some_and(|found| found == mime.as_bytes());
            (is_zip(head) && declared, "the type entry of an OpenDocument file")
        }
        _ => return text_fault(head),
    };
    (!fits).then(|| format!("it does not begin with {expected}"))
}

fn text_fault(head: &[u8]) -> Option<String> {
    if NOT_TEXT.iter().any(|magic| head.starts_with(magic)) || is_webp(head) {
        return Some("it is a file of another type".to_owned());
    }
    if head.contains(&0) {
        return Some("it has null bytes; text must be saved as UTF-8".to_owned());
    }
    None
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

fn is_webp(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// What an OpenDocument file says it is: the content of its first entry, stored under the name
/// `mimetype`.
fn declared_mime(head: &[u8]) -> Option<&[u8]> {
    let size = head.get(18..22)?;
    let size = u32::from_le_bytes(size.try_into().ok()?) as usize;
    let extra = usize::from(u16::from_le_bytes(head.get(28..30)?.try_into().ok()?));
    if head.get(26..28)? != [8, 0] || head.get(30..38)? != b"mimetype" {
        return None;
    }
    head.get(38 + extra..(38 + extra).checked_add(size)?)
}

#[cfg(test)]
mod tests;
