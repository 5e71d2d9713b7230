//! Any text as a day, a period and a length.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = clausebook::time::parse_day(text);
    let _ = clausebook::time::Period::parse(text);
    let _ = clausebook::time::Length::parse(text);
});
