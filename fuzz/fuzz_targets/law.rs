//! Any text as a regulation's.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let options = clausebook::parse::law::LawOptions::default();
    let _ = clausebook::parse::law::parse_law(clausebook::source::FileId(0), text, &options);
});
