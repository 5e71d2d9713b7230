//! Diagnostics for people at a terminal, in the look of rustc: the line they are about, what is
//! wrong in it, other places that matter, and what to do. Nothing of the inputs can act upon the
//! terminal: control characters and changes of direction are shown, not obeyed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::order::{count, sorted};
use super::place::{Places, floor};
use super::{Code, Diagnostic, Severity};
use crate::privacy::mask;
use crate::source::{Content, SourceFile, SourceTree, Span, is_hidden};

/// How much to show, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    pub color: bool,
    /// How many diagnostics of one code are shown; the rest are counted.
    pub per_code: usize,
    /// The width to which long lines are cut.
    pub width: usize,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { color: false, per_code: 20, width: 140 }
    }
}

/// Writes out the diagnostics, errors first, and then their number. Always ends in a line such as
/// `errors 3, warnings 12, files 214`.
pub fn render(tree: &SourceTree, diagnostics: &[Diagnostic], options: TerminalOptions) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(options.width);
    let sorted = sorted(diagnostics);
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    let mut text = String::new();
    let mut places = Places::new(tree);
    let total = |code: Code| sorted.iter().filter(|one| one.code == code).count();
    let totals: BTreeMap<Code, usize> =
        Code::ALL.iter().map(|code| (*code, total(*code))).filter(|(_, n)| *n > 0).collect();
    for diagnostic in &sorted {
        let code = diagnostic.code;
        let (number, total) = (shown.entry(code).or_default(), totals[&code]);
        *number += 1;
        let number = *number;
        // A few are shown in full. Of many one is, a line for each of the next, and their number.
        let full = if total > options.per_code { 1 } else { FULL };
        let lines = if total > options.per_code { LINES } else { options.per_code };
        if number <= full {
            text.push_str(&render_one(&renderer, tree, diagnostic));
            text.push_str("\n\n");
        } else if number <= full + lines {
            text.push_str(&line(tree, &mut places, diagnostic));
        } else if number == full + lines + 1 {
            let more = total - full - lines;
            let _ = writeln!(text, "… and {more} more of `{}`", code.slug());
        }
        if number == total && number > full {
            text.push('\n');
        }
    }
    let (errors, warnings) = count(&sorted);
    let files = tree.files.iter().filter(|file| file.content != Content::Absent).count();
    let _ = writeln!(text, "errors {errors}, warnings {warnings}, files {files}");
    text
}

/// How many of one code are shown with their lines of the file.
const FULL: usize = 3;
/// How many more have a line each, where there are too many for all.
const LINES: usize = 6;

/// A diagnostic in one line.
fn line(tree: &SourceTree, places: &mut Places, diagnostic: &Diagnostic) -> String {
    let path = escape(&tree.file(diagnostic.span.file).path);
    let place = places.locate(diagnostic.span);
    let place = place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
    let (word, slug) = (diagnostic.code.severity().as_str(), diagnostic.code.slug());
    format!("{word}[{slug}]: {path}{place}: {}\n", escape(&diagnostic.message))
}

fn render_one(renderer: &Renderer, tree: &SourceTree, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(escape(&diagnostic.message)).id(diagnostic.code.slug());
    let mut group = Group::with_title(title);

    // Places of one file stand in one excerpt, those of other files in their own.
    let (near, far): (Vec<_>, Vec<_>) =
        diagnostic.related.iter().partition(|(span, _)| span.file == diagnostic.span.file);
    let mut places = vec![(diagnostic.span, None)];
    places.extend(near.iter().map(|(span, label)| (*span, Some(label.as_str()))));
    group = add_places(group, tree.file(diagnostic.span.file), &places, AnnotationKind::Primary);
    for (span, label) in far {
        let places = [(*span, Some(label.as_str()))];
        group = add_places(group, tree.file(span.file), &places, AnnotationKind::Context);
    }
    if let Some(help) = &diagnostic.help {
        // Lines to paste stay lines; the renderer sets each in, so that none begins one of the log.
        let lines: Vec<String> = help.split('\n').map(escape).collect();
        group = group.element(Level::HELP.message(lines.join("\n")));
    }
    renderer.render(&[group])
}

/// Adds an excerpt of `file` with its places marked, the first one as `first`, the others as
/// context. A file without text is only named.
fn add_places<'a>(
    group: Group<'a>,
    file: &SourceFile,
    places: &[(Span, Option<&str>)],
    first: AnnotationKind,
) -> Group<'a> {
    let path = escape(&file.path);
    if file.excerpt().is_empty() {
        let group = group.element(Origin::path(path));
        let labels = places.iter().filter_map(|(_, label)| *label);
        return labels
            .fold(group, |group, label| group.element(Level::NOTE.message(escape(label))));
    }
    let spans: Vec<Span> = places.iter().map(|(span, _)| *span).collect();
    let excerpt = Excerpt::around(file.excerpt(), spans.iter().copied());
    let mut kind = first;
    let mut snippet = Snippet::source(excerpt.shown(&spans)).line_start(excerpt.line).path(path);
    for (span, label) in places {
        let annotation = kind.span(excerpt.range(*span)).label(label.map(escape));
        snippet = snippet.annotation(annotation);
        kind = AnnotationKind::Context;
    }
    group.element(snippet)
}

/// The lines of a text that some places stand in, with one line of context on each side.
struct Excerpt<'a> {
    text: &'a str,
    /// Where it begins in the file, in bytes.
    start: usize,
    /// Its first line, from 1.
    line: usize,
}

impl<'a> Excerpt<'a> {
    fn around(text: &'a str, spans: impl Iterator<Item = Span>) -> Self {
        let starts: Vec<_> = spans.map(|span| floor(text, span.start as usize)).collect();
        let first = starts.iter().min().copied().unwrap_or(0);
        let last = starts.iter().max().copied().unwrap_or(0);
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let before = |at: usize| text[..at].rfind('\n');
        let after = |at: usize| text[at..].find('\n').map(|newline| at + newline);
        // The line before the first place begins after the second line end to the left.
        let start = before(first).and_then(before).map_or(mark, |newline| newline + 1);
        let line_end = after(last).unwrap_or(text.len());
        let end = after((line_end + 1).min(text.len())).unwrap_or(text.len());
        let start = start.max(mark).min(end);
        Self { text: &text[start..end], start, line: text[..start].matches('\n').count() + 1 }
    }

    /// The text, with each character that a terminal would act upon replaced by a visible one. Of
    /// lines that nobody can print whole, what is far from every span is left blank.
    fn shown(&self, spans: &[Span]) -> String {
        if self.text.len() <= WHOLE {
            return show(self.text);
        }
        let columns: Vec<usize> =
            spans.iter().map(|span| self.column(self.within(span.start))).collect();
        let far = |column: usize| columns.iter().all(|of_span| column.abs_diff(*of_span) > NEAR);
        let mut shown = String::with_capacity(self.text.len());
        let (mut near, mut column) = (0, 0);
        for (at, c) in self.text.char_indices() {
            if c != '\n' && far(column) {
                shown.push_str(&show(&self.text[near..at]));
                near = at + c.len_utf8();
                // One for one, and as long, so that places stay.
                shown.push(match visible(c).len_utf8() {
                    1 => ' ',
                    2 => '·',
                    3 => '　',
                    _ => '𠀀',
                });
            }
            column = if c == '\n' { 0 } else { column + 1 };
        }
        shown + &show(&self.text[near..])
    }

    /// Where a byte of the file stands in the excerpt.
    fn within(&self, offset: u32) -> usize {
        floor(self.text, (offset as usize).saturating_sub(self.start))
    }

    fn column(&self, at: usize) -> usize {
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.text[line..at].chars().count()
    }

    /// Where a span stands in [`shown`](Self::shown): at most to the end of the line it begins in.
    fn range(&self, span: Span) -> Range<usize> {
        let start = self.within(span.start);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = self.within(span.end).clamp(start, line_end);
        // A mask is as long as what it covers.
        let length = |text: &str| text.chars().map(|c| visible(c).len_utf8()).sum::<usize>();
        let from = length(&self.text[..start]);
        from..from + length(&self.text[start..end])
    }
}

/// How many bytes of lines are shown to the end, and in longer ones how many characters around a place:
/// a terminal shows fewer.
const WHOLE: usize = 16 << 10;
const NEAR: usize = 1_000;

/// A text that nothing of the inputs can act through, and nothing personal stands in.
fn escape(text: impl AsRef<str>) -> String {
    crate::source::escape(&mask(text.as_ref()))
}

/// One character for one, so that columns stay. What is personal is masked: a log is read by many.
fn show(text: &str) -> String {
    mask(text).chars().map(visible).collect()
}

fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        // A return is the second half of a line end, and shown as a space there.
        '\r' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests;
