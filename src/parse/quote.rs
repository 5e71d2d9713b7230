//! Words of a text, written into YAML so that nothing breaks out of its place.

use std::fmt::Write as _;

use crate::source::is_hidden;

/// A YAML text in double quotes.
pub fn quoted(text: &str) -> String {
    let mut yaml = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => yaml.extend(['\\', c]),
            c if c.is_control() || is_line_end(c) || is_hidden(c) => {
                _ = write!(yaml, "\\U{:08X}", c as u32);
            }
            c => yaml.push(c),
        }
    }
    yaml.push('"');
    yaml
}

/// Line ends that are no control characters.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}
