//! Diagnostics for programs: a JSON array, or one JSON object to a line.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::Diagnostic;
use super::problem::{Position, Problem, problems};
use crate::source::{SourceTree, is_hidden};

/// One diagnostic as it stands in the array. Lines and columns count from 1, columns in
/// characters, ends are exclusive; where a file has no text there are none.
#[derive(Serialize)]
struct Row<'a> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    position: PositionRow<'a>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    position: PositionRow<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct PositionRow<'a> {
    file: &'a Cow<'a, str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The diagnostics as a JSON array, errors first, one to a line. Nothing in it can act upon a
/// terminal.
pub fn json(tree: &SourceTree, diagnostics: &[Diagnostic]) -> String {
    let rows: Vec<String> = problems(tree, diagnostics).iter().map(row).collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", rows.join(",\n  ")) }
}

/// The same rows as in the array, each an object on a line of its own, with nothing around them.
pub fn jsonl(tree: &SourceTree, diagnostics: &[Diagnostic]) -> String {
    problems(tree, diagnostics).iter().map(|problem| row(problem) + "\n").collect()
}

fn row(problem: &Problem<'_>) -> String {
    let related = problem.related.iter();
    to_text(&Row {
        code: problem.code.slug(),
        severity: problem.code.severity().as_str(),
        position: position(&problem.position),
        message: &problem.message,
        help: problem.help.as_deref(),
        related: related.map(|(at, message)| Related { position: position(at), message }).collect(),
        fingerprint: &problem.fingerprint,
    })
}

fn position<'a>(position: &'a Position<'_>) -> PositionRow<'a> {
    let place = position.place;
    PositionRow {
        file: &position.file,
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
    }
}

/// Spells a value as JSON. The standard leaves some controls as they are; in strings they may be
/// spelt by number as well, and no key or number holds one.
pub fn to_text(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("strings and numbers are valid JSON");
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests;
