//! The clause grammar: the lines of a regulation in, a [`LawText`] and diagnostics out.
//! Takes out what the rules drop, tells the head from the clauses, and has the clauses read.
//! Whatever it cannot place stays in the text and is reported.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    law::{Dropped, Form, LawText},
    source::{FileId, Span},
};

use super::{
    around::{self, BOLD},
    head,
    layout::Entry,
    line::{Line, columns, lines},
    mark::{Mark, Reading},
    marker::marker,
    reader::Reader,
    shape::Shape,
};

/// The recorded decision to leave something of the source out: a line, such as a stray page number,
/// or a mark in front of numbers, such as the bullets of a list.
/// White space, blank lines and page breaks need no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropRule {
    /// From 1; `None`: wherever the text stands in front of the number of a clause.
    pub line: Option<usize>,
    /// What the line must hold, or begin with, without white space around it.
    pub text: String,
    pub reason: String,
    /// Where the rule is written.
    pub span: Span,
}

/// What is known of a text besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawOptions {
    pub drops: Vec<DropRule>,
    /// What lines are that the grammar reads otherwise.
    pub marks: Vec<Mark>,
    /// Only some of the clauses are known: gaps in the numbering are no fault.
    pub partial: bool,
}

/// Reads the text of one version of a regulation.
///
/// Every character that is not white space ends up in the head, a clause or what was dropped, also
/// where diagnostics are given.
pub fn parse_law(file: FileId, text: &str, options: &LawOptions) -> (LawText, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut lines = lines(text);
    let mut dropped = drop_lines(file, &mut lines, &options.drops, &mut diagnostics);
    let mut entries: Vec<Entry<'_>> =
        lines.into_iter().map(|line| Entry { line, marker: marker(line.text) }).collect();
    let mut shape = Shape::of(&entries, options.partial);
    shape.align(&mut entries);
    let body = &mut entries[shape.first..];
    dropped.extend(drop_bullets(file, body, &options.drops, &mut diagnostics));
    dropped.extend(drop_bars(file, body));
    dropped.extend(drop_bold(file, body));
    let (head, body) = entries.split_at(shape.first);
    if body.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::UnreadableClause, Span::start_of(file), "no clause was found").help(
                "the first clause begins a line with `一、`, `第一條`, `第 1 條`, `第一點` or `壹、`; \
                 a text that is only sentences, a table of amendments or a picture cannot be read",
            ),
        );
    }
    let readings = readings(body, &options.marks, &mut diagnostics);
    let read = Reader::new(file, body, &readings, shape, options.partial).read();
    diagnostics.extend(read.diagnostics);
    dropped.extend(read.dropped);
    dropped.sort_by_key(|dropped| dropped.line);
    let mut head = head::read(file, head);
    head.extend(read.stray);
    let text = LawText {
        form: if body.is_empty() { Form::Points } else { shape.form },
        head,
        headings: read.headings,
        clauses: read.clauses,
        attachments: read.attachments,
        dropped,
    };
    (text, diagnostics)
}

/// What the author says of each line.
fn readings(
    body: &[Entry<'_>],
    marks: &[Mark],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Reading>> {
    let mut readings = vec![None; body.len()];
    for mark in marks {
        match body.binary_search_by_key(&mark.line, |entry| entry.line.number) {
            Ok(at) if mark.reading == Reading::Clause && body[at].marker.is_none() => {
                let text = format!("line {} of the text begins with no number", mark.line);
                diagnostics.push(
                    Diagnostic::new(Code::UnmatchedDrop, mark.span, text)
                        .help("only a line with a number can be a clause"),
                );
            }
            Ok(at) => readings[at] = Some(mark.reading.clone()),
            Err(_) => {
                let text = format!("line {} of the text is blank, or in its head", mark.line);
                diagnostics.push(
                    Diagnostic::new(Code::UnmatchedDrop, mark.span, text)
                        .help("name a line at or behind the first clause"),
                );
            }
        }
    }
    readings
}

/// Takes the lines the rules name out of `lines`.
fn drop_lines(
    file: FileId,
    lines: &mut Vec<Line<'_>>,
    rules: &[DropRule],
    diagnostics: &mut Diagnostics,
) -> Vec<Dropped> {
    let mut dropped: Vec<Dropped> = Vec::new();
    for rule in rules {
        let Some(number) = rule.line else { continue };
        let at = lines.binary_search_by_key(&number, |line| line.number);
        match at.map(|at| (at, lines[at])) {
            Ok((at, line)) if line.text == rule.text => {
                let range = line.range();
                dropped.push(Dropped {
                    line: line.number,
                    text: line.text.to_owned(),
                    reason: rule.reason.clone(),
                    span: Span::new(file, range.start, range.end),
                });
                lines.remove(at);
            }
            other => {
                let text = &rule.text;
                let fault = format!("line {number} of the text does not hold `{text}`");
                let mut fault = Diagnostic::new(Code::UnmatchedDrop, rule.span, fault);
                if let Ok((_, line)) = other {
                    let range = line.range();
                    let span = Span::new(file, range.start, range.end);
                    fault = fault.related(span, "this is what the line holds");
                }
                diagnostics.push(fault.help("name the line and exactly what stands in it"));
            }
        }
    }
    dropped
}

/// Takes the bar behind a sentence out of its line: the edge of the cell a page had the clause in.
fn drop_bars(file: FileId, entries: &mut [Entry<'_>]) -> Vec<Dropped> {
    let mut dropped = Vec::new();
    // Of two in a row each is a cell of a table that came apart.
    let cells: Vec<bool> = entries.iter().map(|entry| around::is_cell(entry.line.text)).collect();
    let in_table = |at: usize| {
        cells.get(at + 1) == Some(&true) || at.checked_sub(1).is_some_and(|above| cells[above])
    };
    for (at, entry) in entries.iter_mut().enumerate() {
        let line = &mut entry.line;
        let rest = line.text.trim_end_matches(['|', '｜']);
        let text = rest.trim_end();
        let bar = &line.text[rest.len()..];
        if bar.is_empty()
            || in_table(at)
            || !text.ends_with(['。', '；'])
            || text.contains(['|', '｜'])
        {
            continue;
        }
        let start = line.start + rest.len();
        dropped.push(Dropped {
            line: line.number,
            text: bar.to_owned(),
            reason: "表格線".to_owned(),
            span: Span::new(file, start, start + bar.len()),
        });
        line.text = text;
    }
    dropped
}

/// Takes the marks of bold letters out of lines that are bold from end to end, or from their number on.
/// Those in front of the words of a number are told with it.
fn drop_bold(file: FileId, entries: &mut [Entry<'_>]) -> Vec<Dropped> {
    let mut dropped = Vec::new();
    for Entry { line, marker } in entries {
        let (text, start) = (line.text, line.start);
        let words = marker.map_or(0, |marker| marker.length);
        let (Some(first), 2) = (text.find(BOLD), text.matches(BOLD).count()) else { continue };
        let behind = first + BOLD.len();
        let opens = first < words || text[words..first].trim().is_empty();
        let Some(rest) = text.strip_suffix(BOLD).filter(|rest| opens && rest.len() > behind) else {
            continue;
        };
        let mut drop = |at: usize| {
            dropped.push(Dropped {
                line: line.number,
                text: BOLD.to_owned(),
                reason: "標記符號".to_owned(),
                span: Span::new(file, start + at, start + at + BOLD.len()),
            });
        };
        match marker {
            // **一、** alone: both are of the number.
            Some(marker) if marker.length > rest.len() => continue,
            Some(marker) => marker.length = marker.length.max(behind),
            None => {
                drop(0);
                line.start += behind;
                line.indent += behind;
            }
        }
        drop(rest.len());
        line.text = if marker.is_some() { rest } else { &rest[behind..] };
    }
    dropped
}

/// Takes the marks that rules name out of the lines of the clauses, where they stand in front of
/// a number. A line keeps its place on the page, so that what follows it is read as before.
fn drop_bullets(
    file: FileId,
    entries: &mut [Entry<'_>],
    rules: &[DropRule],
    diagnostics: &mut Diagnostics,
) -> Vec<Dropped> {
    let mut dropped = Vec::new();
    for rule in rules.iter().filter(|rule| rule.line.is_none()) {
        let before = dropped.len();
        for Entry { line, marker: found } in entries.iter_mut() {
            let Some(bare) = found.as_mut().filter(|marker| marker.bullet) else { continue };
            let rest = line.text.strip_prefix(rule.text.as_str()).map(str::trim_start);
            let Some(rest) = rest.filter(|rest| marker(rest).is_some_and(|it| !it.bullet)) else {
                continue;
            };
            dropped.push(Dropped {
                line: line.number,
                text: rule.text.clone(),
                reason: rule.reason.clone(),
                span: Span::new(file, line.start, line.start + rule.text.len()),
            });
            let cut = line.text.len() - rest.len();
            bare.length -= cut;
            line.indent += columns(&line.text[..cut]);
            line.start += cut;
            line.text = rest;
        }
        if dropped.len() == before {
            let fault = format!("no number of the text has `{}` in front of it", rule.text);
            diagnostics.push(
                Diagnostic::new(Code::UnmatchedDrop, rule.span, fault)
                    .help("name the `line` to drop a line, or remove the rule"),
            );
        }
    }
    dropped
}
