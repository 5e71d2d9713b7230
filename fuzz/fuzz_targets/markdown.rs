//! Any text as a guidance page: no tag of the author's comes out.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let rendered = clausebook::markdown::render(text);
    assert!(!rendered.html.contains("<script"));
});
