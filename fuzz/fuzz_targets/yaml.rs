//! Any text as a YAML file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut faults = Vec::new();
    let _ = clausebook::parse::yaml::parse(clausebook::source::FileId(0), text, &mut faults);
});
