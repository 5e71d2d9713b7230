//! What stands beside the clauses: attachments and tables, and reasons, which are left out.

use crate::{
    diagnostic::{Code, Diagnostic},
    law::{AttachedText, Block, Form, Paragraph, Part, Table},
    parse::law::{
        around,
        layout::Entry,
        line::{Ending, ending, join},
        marker::Style,
    },
    source::{FileId, Span},
};

use super::{Above, Reader};

/// What lines that are no clauses are collected for.
pub(super) enum Beside {
    /// The last attachment; the number its own list has reached.
    Attachment(Option<Part>),
    /// Reasons, which are left out; the number their own list has reached.
    Reasons(Option<Part>),
}

impl<'a> Reader<'a> {
    /// Begins an attachment with its name, which the paper may have cut. Gives the next line to read.
    pub(super) fn attachment(&mut self, at: usize) -> usize {
        let mut title = self.entries[at].line.text.to_owned();
        let mut span = self.span(at);
        let mut next = at + 1;
        let goes_on = self.goes_on_name(next);
        if goes_on && self.name_is_cut(at) {
            join(&mut title, self.entries[next].line.text);
            span = Span { end: self.span(next).end, ..span };
            next += 1;
        } else if goes_on && !around::ends_name(&title) || self.name_is_cut(at) {
            self.report_cut_name(at);
        }
        self.tree.close_to(0);
        self.attachments.push(AttachedText { title, blocks: Vec::new(), span });
        self.beside = Some(Beside::Attachment(None));
        self.above = Above::NOTHING;
        next
    }

    /// Whether the name of an attachment seems to go on below its line: that is as long as the paper let
    /// it be, or leaves a bracket open.
    fn name_is_cut(&self, at: usize) -> bool {
        let text = self.entries[at].line.text;
        let count = |marks: [char; 4]| text.matches(marks).count();
        let open = count(['（', '(', '「', '【']) > count(['）', ')', '」', '】']);
        let next = self.entries.get(at + 1).filter(|next| !next.line.blank_before);
        next.is_some_and(|next| next.marker.is_none())
            && (open || ending(text) == Ending::Middle || self.is_full(at, false))
    }

    /// Whether a line may be the rest of a name: a few words without the end of a sentence.
    fn goes_on_name(&self, at: usize) -> bool {
        const LONGEST: usize = 30;
        let Some(entry) = self.entries.get(at) else { return false };
        let text = entry.line.text;
        text.chars().count() <= LONGEST
            && entry.marker.is_none()
            && !entry.line.blank_before
            && ending(text) == Ending::Bare
            && !text.contains(['，', '。', '；', '：', ':', '\t'])
            && !around::is_attachment(text)
            && !around::is_page_number(text)
            && !around::is_table_row(text)
            && !around::is_cell(text)
            && self.readings[at].is_none()
    }

    fn report_cut_name(&mut self, at: usize) {
        let text = "the name of the attachment may go on below";
        let help = "taken as it stands; join the lines in the copy if the name goes on";
        let fault = Diagnostic::new(Code::DoubtfulClause, self.span(at), text).help(help);
        self.diagnostics.push(fault);
    }

    /// Whether the clauses go on with this line, behind an attachment or reasons: with the number
    /// that comes next, unless the list there has come to the same one.
    pub(super) fn resumes(&mut self, at: usize) -> bool {
        let entry = &self.entries[at];
        if self.shape.form == Form::Articles && self.heading_here(at).is_some() {
            let next = self.next_marker[at].map(|next| self.entries[next]);
            return next.and_then(|next| next.marker).is_some_and(|marker| {
                marker.style == Style::Article
                    && self.last_top.is_none_or(|last| marker.part.follows(last))
            });
        }
        if self.shape.restarts
            && entry.marker.is_some_and(|marker| {
                marker.style == Style::Division
                    && self.last_division.is_some_and(|last| marker.part.number() == last + 1)
            })
        {
            self.beside = None;
            return true;
        }
        let Some(marker) = entry.marker.filter(|marker| marker.style == self.shape.top) else {
            return false;
        };
        let (Some(Beside::Attachment(own) | Beside::Reasons(own)), Some(last)) =
            (&self.beside, self.last_top)
        else {
            return false;
        };
        let goes_on = own.is_some_and(|own| marker.part.follows(own));
        let comes_next = marker.part.follows(last);
        // Reasons come behind every clause: the later of two is the clause.
        let again = goes_on && comes_next && matches!(self.beside, Some(Beside::Reasons(_))) && {
            let mut later = self.next_marker[at];
            loop {
                let Some(next) = later else { break true };
                let found = self.entries[next].marker.expect("it has a number");
                if found.style == self.shape.top {
                    break found.part != marker.part;
                }
                later = self.next_marker[next];
            }
        };
        let resumes = comes_next && (!goes_on || again);
        if resumes {
            self.beside = None;
            self.above = Above::NOTHING;
        }
        resumes
    }

    /// Takes a line into the attachment, or leaves it out with the reasons.
    pub(super) fn beside(&mut self, at: usize) -> usize {
        let entry = &self.entries[at];
        let top = self.shape.top;
        if let Some(Beside::Attachment(own) | Beside::Reasons(own)) = &mut self.beside
            && let Some(marker) = entry.marker.filter(|marker| marker.style == top)
        {
            *own = Some(marker.part);
        }
        if matches!(self.beside, Some(Beside::Reasons(_))) {
            if around::is_attachment(entry.line.text) {
                return self.attachment(at);
            }
            self.drop_line(at, "立法理由");
            return at + 1;
        }
        if around::is_attachment(entry.line.text) && self.above.ending != Ending::Middle {
            return self.attachment(at);
        }
        let last = self.attachments.last_mut().expect("an attachment is open");
        if let Some(end) = table_end(self.entries, at) {
            last.span.end = self.entries[end - 1].line.range().end as u32;
            last.blocks.push(Block::Table(read_table(self.file, &self.entries[at..end])));
            self.above = Above::NOTHING;
            return end;
        }
        let range = entry.line.range();
        let span = Span::new(self.file, range.start, range.end);
        last.span.end = span.end;
        let goes_on =
            entry.marker.is_none() && self.above.full && self.above.ending != Ending::Sentence
                || self.above.ending == Ending::Middle && entry.marker.is_none();
        match last.blocks.last_mut() {
            Some(Block::Paragraph(paragraph)) if goes_on => {
                join(&mut paragraph.text, entry.line.text);
                paragraph.span.end = span.end;
            }
            _ => last.blocks.push(Block::Paragraph(Paragraph {
                text: entry.line.text.to_owned(),
                is_caption: false,
                span,
            })),
        }
        self.look_back(at, false);
        at + 1
    }

    /// The line behind the table that begins at `at`.
    pub(super) fn table_from(&self, at: usize) -> Option<usize> {
        if self.tree.is_empty() {
            return None;
        }
        table_end(self.entries, at).or_else(|| {
            // Cells that came apart, one a line.
            let is_cell = |at: &usize| around::is_cell(self.entries[*at].line.text);
            let marked = self.entries[at].marker.is_some();
            let end =
                (at..self.entries.len()).find(|at| !is_cell(at)).unwrap_or(self.entries.len());
            (!marked && end >= at + 2).then_some(end)
        })
    }

    pub(super) fn table(&mut self, at: usize, end: usize) -> usize {
        self.tree.push_table(read_table(self.file, &self.entries[at..end]));
        self.above = Above::NOTHING;
        end
    }
}

/// The line behind the drawn or tabbed table that begins at `at`.
fn table_end(entries: &[Entry<'_>], at: usize) -> Option<usize> {
    let row = |at: &usize| around::is_table_row(entries[*at].line.text);
    let drawn = (at..entries.len()).find(|at| !row(at)).unwrap_or(entries.len());
    if drawn > at + 1 {
        return Some(drawn);
    }
    let tabbed =
        |at: &usize| around::is_tabbed(entries[*at].line.text) && entries[*at].marker.is_none();
    let end = (at..entries.len()).find(|at| !tabbed(at)).unwrap_or(entries.len());
    (end > at + 1).then_some(end)
}

fn read_table(file: FileId, entries: &[Entry<'_>]) -> Table {
    let lines: Vec<String> = entries.iter().map(|entry| entry.line.text.to_owned()).collect();
    let has_head = lines.get(1).is_some_and(|line| around::is_drawing(line))
        || lines.first().is_some_and(|line| around::is_drawing(line))
            && lines.get(2).is_some_and(|line| around::is_drawing(line));
    let rows = lines
        .iter()
        .filter(|line| !around::is_drawing(line))
        .map(|line| around::cells(line))
        .collect();
    let start = entries.first().map_or(0, |entry| entry.line.range().start);
    let end = entries.last().map_or(0, |entry| entry.line.range().end);
    Table { lines, rows, has_head, span: Span::new(file, start, end) }
}
