//! Single values as YAML text that [`yaml`](super::yaml), and any other YAML 1.2 reader, reads back
//! as the same text.

/// Words that YAML 1.1 or 1.2 takes for something else than a text.
const OTHER_MEANING: [&str; 11] =
    ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", ""];

/// A text as a YAML scalar: plain where every reader takes it as a text, else in double quotes. It
/// may stand in a flow list or mapping.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    !OTHER_MEANING.contains(&text.to_ascii_lowercase().as_str())
        && text.trim() == text
        && !"-?:,[]{}#&*!|>'\"%@`.=+".contains(first)
        && !text.contains([',', '[', ']', '{', '}', '\n', '\t', '"', '\\'])
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
        && !text.chars().any(char::is_control)
        && !looks_like_a_number(text)
}

/// `12`, `1.5`, `1e5`, `0x1f`, `1_000`, `12:30` (a number in base 60 to YAML 1.1).
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    digits
        && (text.parse::<f64>().is_ok()
            || text.starts_with("0x")
            || text.starts_with("0o")
            || text.bytes().all(|b| b.is_ascii_digit() || b == b'_' || b == b':'))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::yaml::{NodeKind, parse};
    use super::*;
    use crate::source::FileId;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "第一科",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "007",
            "12",
            "1e5",
            "yes",
            "null",
            "",
            " a",
            "a ",
            "\"a\"",
            "a\\b",
            "二、三",
            "a,b",
            "[a]",
            "{a}",
            "a:",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "2026-11-21",
            "115-11-21",
            "一行\n二行",
            "a\tb",
            "=1+1",
            "+1",
            "-1",
            ".5",
            "12:30",
            "?",
            "示地字第1130014443號",
            "'a'",
            "|",
            ">",
            "0x1f",
            "1_000",
        ];
        for text in texts {
            for file in [format!("key: {}\n", scalar(text)), format!("[{}]\n", scalar(text))] {
                let mut faults = Vec::new();
                let node = parse(FileId(0), &file, &mut faults);
                let node = node.unwrap_or_else(|| panic!("{file:?} {faults:?}"));
                let value = match node.kind {
                    NodeKind::Map(mut entries) => entries.remove(0).value,
                    NodeKind::List(mut items) => items.remove(0),
                    other => panic!("{other:?}"),
                };
                match value.kind {
                    NodeKind::Scalar { text: read, .. } => assert_eq!(read, text, "{file:?}"),
                    other => panic!("{file:?} {other:?}"),
                }
            }
        }
    }
}
