//! Any text as a condition of a rule.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    use clausebook::source::{FileId, Span, Spanned};
    let mut faults = Vec::new();
    let text = Spanned::new(text, Span::new(FileId(0), 0, text.len()));
    let kinds = [clausebook::record::kinds::own_kind("unit")];
    let _ = clausebook::model::Condition::compile(text, &kinds, &Default::default(), &mut faults);
});
