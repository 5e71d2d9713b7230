//! Diagnostics for programs: a JSON array, and the annotations GitHub shows beside a change.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::order::sorted;
use super::place::Places;
use super::{Diagnostic, Severity};
use crate::privacy::mask;
use crate::source::{SourceTree, Span, escape, is_hidden};

/// One diagnostic as it stands in the array. Lines and columns count from 1, columns in
/// characters, ends are exclusive; where a file has no text there are none.
#[derive(Serialize)]
struct Row<'a> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    position: Position<'a>,
    message: Cow<'a, str>,
    help: Option<Cow<'a, str>>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    position: Position<'a>,
    message: Cow<'a, str>,
}

#[derive(Serialize)]
struct Position<'a> {
    file: Cow<'a, str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The diagnostics as a JSON array, errors first, one to a line. Nothing in it can act upon a
/// terminal.
pub fn json(tree: &SourceTree, diagnostics: &[Diagnostic]) -> String {
    let mut places = Places::new(tree);
    let mut text = String::from("[");
    for (number, diagnostic) in sorted(diagnostics).into_iter().enumerate() {
        let related = diagnostic.related.iter().map(|(span, message)| Related {
            position: position(tree, &mut places, *span),
            message: mask(message),
        });
        let row = Row {
            code: diagnostic.code.slug(),
            severity: diagnostic.code.severity().as_str(),
            related: related.collect(),
            position: position(tree, &mut places, diagnostic.span),
            message: mask(&diagnostic.message),
            help: diagnostic.help.as_deref().map(mask),
        };
        let row = serde_json::to_string(&row).expect("strings and numbers are valid JSON");
        text.push_str(if number == 0 { "\n  " } else { ",\n  " });
        escape_hidden(&row, &mut text);
    }
    text.push_str(if text.len() > 1 { "\n]\n" } else { "]\n" });
    text
}

fn position<'a>(tree: &'a SourceTree, places: &mut Places<'_>, span: Span) -> Position<'a> {
    let place = places.locate(span);
    Position {
        file: mask(&tree.file(span.file).path),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
    }
}

/// JSON leaves some controls as they are; in its strings they may be spelt by number as well.
fn escape_hidden(json: &str, text: &mut String) {
    for c in json.chars() {
        if is_hidden(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
}

/// The diagnostics as GitHub workflow commands, errors first. `prefix` is the way from the
/// repository's root to the site's folder, empty or ending in `/`.
pub fn github(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str) -> String {
    let mut places = Places::new(tree);
    let mut text = String::new();
    for diagnostic in sorted(diagnostics) {
        let command = match diagnostic.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(&format!("{prefix}{}", tree.file(diagnostic.span.file).path));
        let _ = write!(text, "::{command} file={file}");
        if let Some(place) = places.locate(diagnostic.span) {
            let _ = write!(text, ",line={},col={}", place.line, place.column);
            let _ = write!(text, ",endLine={},endColumn={}", place.end_line, place.end_column);
        }
        let _ = write!(text, ",title={}::", property(diagnostic.code.slug()));
        text.push_str(&data(&diagnostic.message));
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, "%0A{}", data(help));
        }
        text.push('\n');
    }
    text
}

/// Spells the text of a command so that it can neither end the command nor begin another.
fn data(text: &str) -> String {
    escape(&mask(text)).replace('%', "%25")
}

/// Spells a property of a command, in which two more characters have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
