//! The clauses of a text, line by line: which number begins a clause and where it belongs, which
//! line goes on a paragraph, which one begins a 項, and of which clause.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    law::{Block, ClauseNumber, LawClause, Paragraph, Part},
    source::{FileId, Span},
};

use super::{
    layout::{Entry, Kind, Layout},
    line::{Ending, ending, join},
    marker::{Marker, Style},
};

/// A clause whose end has not come yet.
struct Open {
    style: Style,
    bullet: bool,
    /// Whether clauses within it were read already.
    has_children: bool,
    clause: LawClause,
}

/// The line above the one being read.
#[derive(Clone, Copy)]
struct Above {
    ending: Ending,
    /// As long as the paper let it be.
    full: bool,
    /// A number and nothing else.
    empty: bool,
}

/// Where a number belongs.
enum Place {
    /// It goes on the list at this depth of the open clauses, or opens one there.
    Clause { level: usize, gap: Option<String> },
    /// It only looks like a number.
    Text,
    /// It has no place in the numbering: kept as a paragraph, and reported.
    Misfit(Diagnostic),
}

/// Builds the clauses of one text, line by line.
pub struct Reader<'a> {
    file: FileId,
    layout: &'a Layout,
    partial: bool,
    /// From the 點 down; styles only go inwards.
    open: Vec<Open>,
    closed: Vec<LawClause>,
    above: Option<Above>,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    /// A leap in the numbering further than this is text that happens to look like a number.
    const FURTHEST_GAP: u16 = 9;

    /// Begins with no clause open. `partial`: gaps in the numbering are no fault.
    pub fn new(file: FileId, layout: &'a Layout, partial: bool) -> Self {
        Self {
            file,
            layout,
            partial,
            open: Vec::new(),
            closed: Vec::new(),
            above: None,
            diagnostics: Diagnostics::new(),
        }
    }

    /// Takes the next line. The first one must begin a 點.
    pub fn read(&mut self, entry: &Entry<'_>) {
        let place = entry.marker.map_or(Place::Text, |marker| self.place(entry, marker));
        match (place, entry.marker) {
            (Place::Clause { level, gap }, Some(marker)) => {
                if let Some(gap) = gap {
                    let help = "compare with the published text: a line may be lost or doubled";
                    let span = self.marker_span(entry, marker);
                    self.report(Diagnostic::new(Code::ClauseGap, span, gap).help(help));
                }
                self.begin_clause(entry, marker, level);
            }
            (Place::Misfit(fault), _) => {
                self.report(fault);
                self.begin_paragraph(entry.line.text, self.span(entry));
                self.look_back(entry, false);
            }
            (Place::Text | Place::Clause { .. }, _) => {
                self.read_text(entry);
                self.look_back(entry, false);
            }
        }
    }

    /// Gives the clauses, all closed, and what was wrong with them.
    pub fn finish(mut self) -> (Vec<LawClause>, Diagnostics) {
        self.close_to(0);
        (self.closed, self.diagnostics)
    }

    /// Finds the place of a number among the open clauses.
    fn place(&mut self, entry: &Entry<'_>, marker: Marker) -> Place {
        let outer = self.open.iter().position(|open| open.style >= marker.style);
        let level = outer.unwrap_or(self.open.len());
        let before = outer
            .filter(|&level| self.open[level].style == marker.style)
            .map(|level| self.open[level].clause.number.last());
        // A list within a clause that already has clauses would give two of them one number.
        let taken = before.is_none()
            && (outer.is_some() || self.open.last().is_some_and(|open| open.has_children));
        let comes_next = !taken
            && before.map_or(marker.part == Part::FIRST, |before| marker.part.follows(before));
        let Some(above) = self.above else {
            let gap = (!comes_next && !self.partial).then(|| self.gap(entry, marker, before));
            return Place::Clause { level, gap };
        };
        let wrapped = match above.ending {
            _ if above.empty => false,
            Ending::Middle => true,
            Ending::Bare => above.full,
            Ending::Sentence | Ending::Part => false,
        };
        if wrapped {
            if comes_next {
                let span = self.marker_span(entry, marker);
                let text = "this may be a clause, but the line above breaks off in a sentence";
                let help = "taken as text; if it is a clause, compare the line above with the \
                            published text";
                self.report(Diagnostic::new(Code::DoubtfulClause, span, text).help(help));
            }
            return Place::Text;
        }
        if comes_next {
            return Place::Clause { level, gap: None };
        }
        if !matches!(above.ending, Ending::Sentence | Ending::Part) {
            return Place::Text;
        }
        let span = self.marker_span(entry, marker);
        if taken {
            let text = format!(
                "`{}` begins a list where the clause already has one of another kind or part",
                self.written(entry, marker)
            );
            let help = "clauses are named by their numbers, so a clause holds one list";
            return Place::Misfit(Diagnostic::new(Code::UnreadableClause, span, text).help(help));
        }
        let last = before.map_or(0, Part::number);
        let gap = self.gap(entry, marker, before);
        if before.is_some_and(|before| marker.part <= before) {
            let help = "it stays a paragraph of the clause above; compare with the published text";
            return Place::Misfit(Diagnostic::new(Code::ClauseGap, span, gap).help(help));
        }
        if self.partial {
            return Place::Clause { level, gap: None };
        }
        if marker.part.number() - last > Self::FURTHEST_GAP {
            return Place::Text;
        }
        Place::Clause { level, gap: Some(gap) }
    }

    /// Says what is odd about a number: 三 after 一.
    fn gap(&self, entry: &Entry<'_>, marker: Marker, before: Option<Part>) -> String {
        let written = self.written(entry, marker);
        match before {
            Some(before) => format!("`{written}` comes after {before}"),
            None => format!("the list begins with `{written}`"),
        }
    }

    fn written<'e>(&self, entry: &Entry<'e>, marker: Marker) -> &'e str {
        &entry.line.text[..marker.length]
    }

    /// Opens the clause that `entry` begins, at `level` of the open ones.
    fn begin_clause(&mut self, entry: &Entry<'_>, marker: Marker, level: usize) {
        self.close_to(level);
        let number = match self.open.last() {
            Some(parent) => parent.clause.number.child(marker.part),
            None => Some(ClauseNumber::point(marker.part)),
        };
        let clause = LawClause {
            number: number.expect("there are no more styles than a number has parts"),
            marker: self.written(entry, marker).to_owned(),
            blocks: Vec::new(),
            span: self.span(entry),
        };
        self.open.push(Open {
            style: marker.style,
            bullet: marker.bullet,
            has_children: false,
            clause,
        });
        let rest = entry.rest();
        if !rest.is_empty() {
            let line = self.span(entry);
            let start = line.end as usize - rest.len();
            self.begin_paragraph(rest, Span::new(self.file, start, line.end as usize));
        }
        self.look_back(entry, true);
    }

    /// Adds a line to the paragraph it goes on, or begins one with it.
    fn read_text(&mut self, entry: &Entry<'_>) {
        let span = self.span(entry);
        let text = entry.line.text;
        if is_page_number(text) {
            let line = entry.line.number;
            self.report(
                Diagnostic::new(
                    Code::UnreadableClause,
                    span,
                    format!("the line `{text}` looks like a page number"),
                )
                .help(format!(
                    "if it is one, record it in `regulation.yaml`: \
                     `drop: [{{line: {line}, text: \"{text}\", reason: 頁碼}}]`; \
                     if it is text, put it on the line above"
                )),
            );
        }
        let home = self.home(entry.line.indent);
        let moved_out = home < self.open.len();
        let begins = self.above.is_some_and(|above| {
            above.ending == Ending::Sentence && (!above.full || moved_out) && !above.empty
        });
        if !begins {
            return self.extend_paragraph(text, span);
        }
        self.close_to(home);
        self.begin_paragraph(text, span);
    }

    /// How many of the open clauses a paragraph indented like this stands in. A line further out
    /// than the text of a clause belongs to the clause around it; where a text lost its
    /// indentation, it belongs to the innermost.
    fn home(&self, indent: usize) -> usize {
        let mut home = self.open.len();
        while home > 1 {
            let open = &self.open[home - 1];
            let bullet = open.bullet.then_some(2);
            let column = bullet.or_else(|| self.layout.text_column(open.style)).unwrap_or(0);
            if indent + 1 >= column {
                break;
            }
            home -= 1;
        }
        home
    }

    fn begin_paragraph(&mut self, text: &str, span: Span) {
        let clause = &mut self.open.last_mut().expect("the first line opens a clause").clause;
        clause.blocks.push(Block::Paragraph(Paragraph { text: text.to_owned(), span }));
        clause.span.end = span.end;
    }

    fn extend_paragraph(&mut self, text: &str, span: Span) {
        let clause = &mut self.open.last_mut().expect("the first line opens a clause").clause;
        let Some(Block::Paragraph(last)) = clause.blocks.last_mut() else {
            return self.begin_paragraph(text, span);
        };
        join(&mut last.text, text);
        last.span.end = span.end;
        clause.span.end = span.end;
    }

    /// Remembers a line for the next one.
    fn look_back(&mut self, entry: &Entry<'_>, first: bool) {
        let text = if first { entry.rest() } else { entry.line.text };
        let style = self.open.last().map_or(Style::Point, |open| open.style);
        let full = self.layout.is_full(Kind { style, first }, entry.line.reach());
        self.above = Some(Above { ending: ending(text), full, empty: text.is_empty() });
    }

    /// Ends the innermost open clauses until `level` are left.
    fn close_to(&mut self, level: usize) {
        while self.open.len() > level {
            let Some(done) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => {
                    parent.has_children = true;
                    parent.clause.span.end = done.clause.span.end;
                    parent.clause.blocks.push(Block::Clause(done.clause));
                }
                None => self.closed.push(done.clause),
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn span(&self, entry: &Entry<'_>) -> Span {
        let range = entry.line.range();
        Span::new(self.file, range.start, range.end)
    }

    fn marker_span(&self, entry: &Entry<'_>, marker: Marker) -> Span {
        self.span(entry).within(0, marker.length)
    }
}

/// Whether a line holds a figure and nothing else, as the foot of a page does: 4, - 4 -, 第4頁.
pub(super) fn is_page_number(text: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let page = text.starts_with('第') && text.contains('頁');
    let inner = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    let figures = inner.chars().filter(|c| is_figure(*c)).count();
    let only_page = |c: char| {
        is_figure(c) || c.is_whitespace() || (page && matches!(c, '第' | '頁' | '共' | '/' | '，'))
    };
    (1..=8).contains(&figures) && inner.chars().all(only_page)
}
