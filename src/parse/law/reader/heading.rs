//! The headings of a text: 第一章, and 壹、, which is a clause, too, where the points begin anew under it.

use std::ops::Range;

use crate::{
    law::{ClauseNumber, Dropped, Form, Heading, Part},
    parse::law::{
        around,
        line::{Ending, ending},
        marker::{Marker, Style, marker},
        shape::title_below,
        tree::Open,
    },
    source::Span,
};

use super::{Above, Reader};

impl<'a> Reader<'a> {
    /// The depth of the heading a line is, in this form of text.
    pub(super) fn heading_here(&self, at: usize) -> Option<u8> {
        let entry = &self.entries[at];
        let depth = around::heading_depth(entry.line.text)?;
        let fits = match self.shape.form {
            Form::Articles => true,
            Form::Points => depth < 3,
        };
        fits.then_some(depth)
    }

    pub(super) fn heading(&mut self, at: usize, depth: u8) -> usize {
        self.beside = None;
        self.tree.close_to(0);
        let text = self.unmarked(at, self.entries[at].line.text);
        if let Some(marker) = marker(&text).filter(|marker| marker.style == Style::Division) {
            self.last_division = Some(marker.part.number());
        }
        self.headings.push(Heading { depth, text, before: None, span: self.span(at) });
        self.above = Above::NOTHING;
        at + 1
    }

    /// The words of a heading, which `text` begins the line with; bullets and the marks of Markdown are
    /// left out.
    fn unmarked(&mut self, at: usize, text: &str) -> String {
        let words = around::unmarked(text);
        let front = text.find(words).unwrap_or(0);
        let behind = front + words.len()..text.len();
        self.leave_out(at, [0..front, behind]);
        self.without_markdown(at, front, words)
    }

    /// A part of a line that begins at `start`, without the marks of Markdown.
    pub(super) fn without_markdown(&mut self, at: usize, start: usize, part: &str) -> String {
        let marks = around::markdown(part);
        let mut words = part.to_owned();
        for mark in marks.iter().rev() {
            words.replace_range(mark.clone(), "");
        }
        self.leave_out(at, marks.into_iter().map(|mark| start + mark.start..start + mark.end));
        words.trim().to_owned()
    }

    /// Records marks of a line that are no words.
    fn leave_out(&mut self, at: usize, marks: impl IntoIterator<Item = Range<usize>>) {
        let line = self.entries[at].line;
        for range in marks {
            let text = line.text[range.clone()].trim();
            if !text.is_empty() {
                self.dropped.push(Dropped {
                    line: line.number,
                    text: text.to_owned(),
                    reason: "標記符號".to_owned(),
                    span: Span::new(self.file, line.start + range.start, line.start + range.end),
                });
            }
        }
    }

    /// 壹、 is a heading, and a clause where the points begin anew under it. Gives the next line to read.
    pub(super) fn division(&mut self, at: usize, marker: Marker) -> usize {
        let entry = &self.entries[at];
        let comes_next = match self.last_division {
            Some(last) => marker.part.number() == last + 1,
            None => marker.part == Part::FIRST,
        };
        let wrapped = self.above.full && self.above.ending != Ending::Sentence || self.above.hangs;
        // 退⏎伍、除役 goes on a sentence, whatever the paper was.
        let goes_on = !self.tree.is_empty()
            && matches!(self.above.ending, Ending::Bare | Ending::Middle)
            && !self.above.empty
            && !entry.line.blank_before
            && (self.shape.form == Form::Articles || entry.rest().contains(['，', '。']));
        if ((wrapped || goes_on) && !comes_next)
            || (marker.loose && !comes_next && !self.shape.restarts)
        {
            self.text(at);
            return at + 1;
        }
        if !comes_next && !self.partial {
            let gap =
                self.gap(at, marker, self.last_division.and_then(|last| Part::new(last, None)));
            self.diagnostics.push(gap);
        }
        self.tree.close_to(0);
        let rest = entry.rest();
        let is_title = ending(rest) == Ending::Bare && rest.chars().count() <= 30 || is_label(rest);
        // Words that are no title are the part's own, if parts are clauses.
        let own = !is_title && self.shape.restarts;
        let end = if own { marker.length } else { entry.line.text.len() };
        let mut heading = self.unmarked(at, &entry.line.text[..end]);
        let mut span = self.span(at);
        let mut next = at + 1;
        if title_below(self.entries, at) && self.readings[next].is_none() {
            if marker.loose {
                heading.push('\u{3000}');
            }
            heading.push_str(&self.unmarked(next, self.entries[next].line.text));
            span = Span { end: self.span(next).end, ..span };
            next += 1;
        }
        self.last_division = Some(marker.part.number());
        self.headings.push(Heading { depth: 1, text: heading.clone(), before: None, span });
        if self.shape.restarts {
            self.last_top = None;
            let number = ClauseNumber::division(marker.part.number());
            self.tree.open(Open::new(Style::Division, number, heading, span, entry.line.indent));
            if own {
                self.begin_rest(at);
            }
        }
        self.above = Above::NOTHING;
        if !is_title {
            self.look_back(at, true);
        }
        next
    }

    /// The headings above a clause stand in front of it.
    pub(super) fn name_headings(&mut self, number: &ClauseNumber) {
        for heading in self.headings.iter_mut().rev() {
            if heading.before.is_some() {
                break;
            }
            heading.before = Some(number.clone());
        }
    }
}

/// Whether the words of a part are its heading although a colon ends them: 目的：, but not
/// 應辦理下列事項：, which a list answers.
fn is_label(text: &str) -> bool {
    let Some(label) = text.strip_suffix(['：', ':']) else { return false };
    let lists = ["下列", "左列", "如下", "如左", "應", "得"];
    (2..=Reader::LONGEST_CAPTION).contains(&label.chars().count())
        && ending(label) == Ending::Bare
        && !label.contains(['，', ',', '。', '；', '：', ':', '（', '('])
        && !lists.iter().any(|word| label.contains(word))
}
