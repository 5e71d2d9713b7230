//! Any bytes as what others hold: a page or document, a sheet, a calendar, laws in JSON or XML.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    use clausebook::parse::import::open_data::{Choice, law_text};
    use clausebook::parse::import::{calendar, open_data_xml};
    let _ = clausebook::source::found(bytes);
    if let Ok(book) = clausebook::parse::sheet::read_book(bytes) {
        let _ = calendar::published(&book);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = law_text(text, Choice::default());
        let _ = open_data_xml::law_text(text, Choice::default());
    }
});
