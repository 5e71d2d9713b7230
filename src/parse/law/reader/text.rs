//! Lines that begin no clause: which go on the paragraph above, which begin a 項, and of which clause.

use crate::{
    diagnostic::{Code, Diagnostic},
    law::HeadLine,
    parse::law::{around, layout::Kind, line::Ending, mark::Reading, marker::Style},
};

use super::{Reader, is_caption};

impl<'a> Reader<'a> {
    /// Adds a line to the paragraph it goes on, or begins one with it.
    pub(super) fn text(&mut self, at: usize) {
        let entry = &self.entries[at];
        let (text, span) = (entry.line.text, self.span(at));
        if self.tree.is_empty() {
            return self.homeless(at);
        }
        self.report_page_number(at);
        let above = self.above;
        if above.empty && self.readings[at].is_none() && self.captions(at) {
            self.tree.begin_caption(text, span);
            return self.look_back(at, true);
        }
        let strong = around::is_own_paragraph(text);
        let listed = around::is_listed(text);
        let marked = matches!(self.readings[at], Some(Reading::Paragraph | Reading::Of(_)));
        let out = self.is_further_out(at);
        let begins = marked
            || above.caption
            || self.tree.is_bare()
            || (above.ending == Ending::Sentence
                && !above.empty
                && (!above.full
                    || out
                    || self.had_room(at)
                    || self.layout.ends_paragraph(&entry.line)))
            || ((strong || listed)
                && !above.empty
                && !above.hangs
                && !self.goes_on_citation(at)
                && above.ending != Ending::Middle
                && !(above.full && above.ending == Ending::Bare));
        if !begins || self.readings[at] == Some(Reading::Text) {
            let ends = above.ending == Ending::Sentence && !above.empty;
            let another = || self.would_be_another(at) || self.is_further_in(at);
            if ends && self.readings[at].is_none() && another() {
                self.report_joined(at);
            }
            self.tree.extend(text, span);
            return self.look_back(at, false);
        }
        let home = match (marked, above.caption) {
            (true, _) => self.marked_home(at),
            // What stands below the heading of a clause is its text.
            (_, true) => self.tree.opened().len(),
            _ if !strong && !out && self.tree.opens_next() => self.tree.opened().len(),
            _ => self.home(at, strong),
        };
        if !marked && !above.caption && home > self.tree.base() {
            self.report_beside(at);
        }
        self.tree.close_to(home);
        match marked {
            true => self.tree.begin_further(text, span),
            false => self.tree.begin_text(text, span, listed),
        }
        self.look_back(at, false);
    }

    /// Whether a line below a number that stands alone is the heading of the clause: 目的, （立法目的）.
    fn captions(&self, at: usize) -> bool {
        let open = self.tree.opened().last();
        match open.and_then(|open| open.style) {
            Some(Style::Article) => is_caption(self.entries[at].line.text),
            Some(_) => self.heads(at),
            None => false,
        }
    }

    /// Whether a line is the rest of a citation that the line above breaks off in: 依第八條⏎第一項規定.
    fn goes_on_citation(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| self.entries[above].line.text) else {
            return false;
        };
        self.entries[at].line.text.starts_with('第') && above.ends_with(['條', '點', '法', '則'])
    }

    /// Whether a line would be a 項, or a part of another clause, if it began a paragraph: below a 款
    /// or 目 it may well be the same text.
    fn would_be_another(&self, at: usize) -> bool {
        let open = self.tree.opened();
        let listed =
            open.last().and_then(|one| one.style).is_some_and(|style| style > self.shape.top);
        !listed || self.home(at, false) < open.len()
    }

    /// Whether a line begins further in than wrapped text does, as the first line of a paragraph may.
    fn is_further_in(&self, at: usize) -> bool {
        let column = self.tree.style().and_then(|style| self.layout.text_column(style));
        column.is_some_and(|column| self.entries[at].line.indent > column + 1)
    }

    /// Says that a line was joined to one that ends a sentence where the paper ends.
    fn report_joined(&mut self, at: usize) {
        let text =
            "the line may begin a 項: the one above ends a sentence at the edge of the paper";
        let help = "taken for the same paragraph; if it is one of its own, say so under `marks`";
        let fault = Diagnostic::new(Code::DoubtfulClause, self.span(at), text).help(help);
        self.diagnostics.push(fault);
    }

    /// Says that a line below a 款 stands where the 項 of articles begin, as wrapped lines do there.
    fn report_beside(&mut self, at: usize) {
        if !self.layout.at_paragraph_column(&self.entries[at].line) {
            return;
        }
        let text = "the line may begin a 項 of the article: other 項 begin at this column";
        let help = "taken for text of the clause above; if it is a 項, say so under `marks`";
        let fault = Diagnostic::new(Code::DoubtfulClause, self.span(at), text).help(help);
        self.diagnostics.push(fault);
    }

    /// How many of the open clauses a line stands in that is marked as a 項: the point or article, or
    /// the clause the mark says.
    fn marked_home(&mut self, at: usize) -> usize {
        let Some(Reading::Of(named)) = &self.readings[at] else { return self.tree.base() };
        let open = self.tree.opened();
        let Some(number) = named else {
            // A 項 ends where the next one of its point or article begins.
            let in_paragraph = open.last().is_some_and(|one| one.style.is_none());
            return open.len() - usize::from(in_paragraph);
        };
        if let Some(place) = open.iter().position(|one| one.clause.number == *number) {
            return place + 1;
        }
        let text = format!("the line does not stand in clause `{number}`, as its mark says");
        let help = "name a clause that the lines above stand in, or leave `of` out";
        let base = self.tree.base();
        self.diagnostics.push(Diagnostic::new(Code::UnmatchedDrop, self.span(at), text).help(help));
        base
    }

    /// Whether a line would have fitted behind the one above it.
    pub(super) fn had_room(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| &self.entries[above]) else { return true };
        let style = self.tree.style().unwrap_or(self.shape.top);
        let kind = Kind { style, first: above.marker.is_some() };
        self.layout.had_room(kind, above.line.reach(), self.entries[at].line.text)
    }

    /// A line that no clause is open for: below a heading or behind what was dropped.
    pub(super) fn homeless(&mut self, at: usize) {
        self.diagnostics.push(
            Diagnostic::new(Code::DoubtfulClause, self.span(at), "the line belongs to no clause")
                .help("it is kept as text in front of the clauses; say under `marks` what it is"),
        );
        self.keep(at);
        self.look_back(at, false);
    }

    /// Keeps a line where it is, without asking what it is.
    pub(super) fn loose(&mut self, at: usize) {
        if self.tree.is_empty() {
            return self.keep(at);
        }
        self.tree.begin_loose(self.entries[at].line.text, self.span(at));
    }

    /// Keeps a line that no clause is open for with the clause above, or in front of all.
    pub(super) fn keep(&mut self, at: usize) {
        let (text, span) = (self.entries[at].line.text, self.span(at));
        if !self.tree.keep(text, span) {
            self.stray.push(HeadLine { text: text.to_owned(), span });
        }
    }

    pub(super) fn report_page_number(&mut self, at: usize) {
        let line = &self.entries[at].line;
        if !around::is_page_number(line.text) {
            return;
        }
        let (number, text) = (line.number, line.text);
        self.diagnostics.push(
            Diagnostic::new(
                Code::UnreadableClause,
                self.span(at),
                format!("the line `{text}` looks like a page number"),
            )
            .help(format!(
                "if it is one, record it in `regulation.yaml`: \
                 `drop: [{{line: {number}, text: \"{text}\", reason: 頁碼}}]`; \
                 if it is text, put it on the line above"
            )),
        );
    }

    /// Whether a line begins further out than the wrapped text of the innermost clause.
    pub(super) fn is_further_out(&self, at: usize) -> bool {
        let Some(open) = self.tree.opened().last() else { return false };
        let Some(style) = open.style else { return false };
        let column = self.layout.text_column(style).unwrap_or(0);
        column > open.indent && self.entries[at].line.indent + 1 < column && style > self.shape.top
    }

    /// How many of the open clauses a paragraph stands in. One that names the 項 before it stands
    /// beside that; else it goes out by its indentation, and where lines have none, the clause it
    /// stands in is the one whose list goes on behind it.
    pub(super) fn home(&self, at: usize, strong: bool) -> usize {
        let base = self.tree.base();
        if strong {
            return base;
        }
        let indent = self.entries[at].line.indent;
        let open = self.tree.opened();
        let next = self.next_marker[at].and_then(|next| self.entries[next].marker);
        for (place, open) in open.iter().enumerate().skip(base).rev() {
            let Some(style) = open.style else { continue };
            // Nothing is wrapped here: the column is that of the 項 of the article.
            let unwrapped = self.layout.text_column(style).is_none();
            if unwrapped && self.layout.at_paragraph_column(&self.entries[at].line) {
                continue;
            }
            let column = match self.layout.text_column(style) {
                Some(column) if column > open.indent => column,
                _ if open.bullet => open.indent + 2,
                Some(_) => open.indent,
                None => open.hang,
            };
            let stays = if indent > open.indent {
                indent + 1 >= column
            } else {
                next.is_some_and(|next| {
                    next.style == style && next.part.follows(open.clause.number.last())
                })
            };
            if stays {
                return place + 1;
            }
        }
        base
    }
}
