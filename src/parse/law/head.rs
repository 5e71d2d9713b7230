//! The lines in front of the first clause, joined where they were wrapped: a line without a label goes
//! on from a labelled one (當次沿革：…) above it, but not from a name or a day.

use super::layout::Entry;
use super::line::{Ending, ending, join};
use crate::law::HeadLine;
use crate::source::{FileId, Span};

/// Joins what was wrapped.
pub fn read(file: FileId, entries: &[Entry<'_>]) -> Vec<HeadLine> {
    let mut head: Vec<HeadLine> = Vec::new();
    let mut goes_on = false;
    for Entry { line, .. } in entries {
        let range = line.range();
        let span = Span::new(file, range.start, range.end);
        let has_label = has_label(line.text);
        match head.last_mut() {
            Some(last) if goes_on && !has_label && ending(&last.text) != Ending::Sentence => {
                join(&mut last.text, line.text);
                last.span.end = span.end;
            }
            _ => {
                goes_on = has_label && is_long(line.text);
                head.push(HeadLine { text: line.text.to_owned(), span });
            }
        }
    }
    head
}

/// Whether a line of the head says first what it is: 修正日期：….
fn has_label(text: &str) -> bool {
    text.chars().take(10).any(|c| matches!(c, '：' | ':'))
}

/// Whether what a label names may take several lines: 沿革, 生效狀態, a number of a document.
fn is_long(text: &str) -> bool {
    let label: String = text.chars().take_while(|c| !matches!(c, '：' | ':')).collect();
    ["沿革", "狀態", "文號", "字號", "附件", "說明", "依據", "備註"]
        .iter()
        .any(|word| label.contains(word))
}
