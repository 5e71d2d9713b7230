//! The clauses of a text, line by line: which number begins a clause and where it belongs, which
//! line goes on a paragraph, which one begins a 項, and of which clause; what is a heading, an
//! attachment or a table between them.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    law::{AttachedText, Block, ClauseNumber, Dropped, Form, Heading, Paragraph, Part, Table},
    source::{FileId, Span},
};

use super::{
    around,
    layout::{Entry, Kind, Layout},
    line::{Ending, columns, ending, join},
    mark::Reading,
    marker::{Marker, Style},
    shape::Shape,
    tree::{Open, Tree},
};

/// The line above the one being read.
#[derive(Clone, Copy)]
struct Above {
    ending: Ending,
    /// As long as the paper let it be.
    full: bool,
    /// A number and nothing else.
    empty: bool,
    /// A bare heading of a clause: what follows is its text.
    caption: bool,
    /// Its last word cannot end a sentence: 依第.
    hangs: bool,
}

impl Above {
    /// What stands above a line that begins something of its own.
    const NOTHING: Self =
        Self { ending: Ending::Sentence, full: false, empty: false, caption: false, hangs: false };
}

/// Where a number belongs.
enum Place {
    /// It goes on the list at this depth of the open clauses, or opens one there.
    Clause { level: usize, gap: Option<Diagnostic> },
    /// It only looks like a number.
    Text,
    /// It has no place in the numbering: kept as a paragraph, and reported.
    Misfit(Diagnostic),
}

/// What lines that are no clauses are collected for.
enum Beside {
    /// The last attachment; the number its own list has reached.
    Attachment(Option<Part>),
    /// Reasons, which are left out; the number their own list has reached.
    Reasons(Option<Part>),
}

/// Everything read.
pub struct Read {
    pub clauses: Vec<crate::law::LawClause>,
    pub headings: Vec<Heading>,
    pub attachments: Vec<AttachedText>,
    pub dropped: Vec<Dropped>,
    pub diagnostics: Diagnostics,
}

/// Builds the clauses of one text, line by line.
pub struct Reader<'a> {
    file: FileId,
    entries: &'a [Entry<'a>],
    readings: &'a [Option<Reading>],
    layout: Layout,
    shape: Shape,
    partial: bool,
    tree: Tree,
    /// The last number of the outermost list, which goes on under headings.
    last_top: Option<Part>,
    above: Above,
    beside: Option<Beside>,
    /// The next line with a number, by line.
    next_marker: Vec<Option<usize>>,
    headings: Vec<Heading>,
    attachments: Vec<AttachedText>,
    dropped: Vec<Dropped>,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    /// A leap in the numbering further than this is text that happens to look like a number.
    const FURTHEST_GAP: u16 = 9;
    /// How many characters a bare heading has at most.
    const LONGEST_CAPTION: usize = 16;

    /// Begins with no clause open. `partial`: gaps in the numbering are no fault.
    pub fn new(
        file: FileId,
        entries: &'a [Entry<'a>],
        readings: &'a [Option<Reading>],
        shape: Shape,
        partial: bool,
    ) -> Self {
        let mut next_marker = vec![None; entries.len()];
        let mut next = None;
        for at in (0..entries.len()).rev() {
            next_marker[at] = next;
            if entries[at].marker.is_some() {
                next = Some(at);
            }
        }
        Self {
            file,
            entries,
            readings,
            layout: Layout::of(entries),
            shape,
            partial,
            tree: Tree::new(file, shape.form),
            last_top: None,
            above: Above::NOTHING,
            beside: None,
            next_marker,
            headings: Vec::new(),
            attachments: Vec::new(),
            dropped: Vec::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// Reads all lines.
    pub fn read(mut self) -> Read {
        let mut at = 0;
        while at < self.entries.len() {
            at = self.line(at);
        }
        Read {
            clauses: self.tree.finish(),
            headings: self.headings,
            attachments: self.attachments,
            dropped: self.dropped,
            diagnostics: self.diagnostics,
        }
    }

    /// Reads the line at `at`, and gives the next one to read.
    fn line(&mut self, at: usize) -> usize {
        let entry = &self.entries[at];
        let text = entry.line.text;
        match self.readings[at] {
            Some(Reading::Drop) => {
                self.drop_line(at, "依 marks 略去");
                return at + 1;
            }
            Some(Reading::Heading) => {
                return self.heading(at, around::heading_depth(text).unwrap_or(1));
            }
            Some(Reading::Attachment) => return self.attachment(at),
            Some(Reading::Text | Reading::Paragraph | Reading::Of) => {
                self.beside = None;
                self.text(at);
                return at + 1;
            }
            Some(Reading::Clause) => {
                self.beside = None;
                if let Some(marker) = entry.marker {
                    let level = self.level_of(marker).0;
                    self.begin_clause(at, marker, level);
                    return at + 1;
                }
            }
            None => {}
        }
        if let Some(reason) = self.furniture(at) {
            self.drop_line(at, reason);
            return at + 1;
        }
        if self.beside.is_some() && !self.resumes(at) {
            return self.beside(at);
        }
        let ended = matches!(self.above.ending, Ending::Sentence)
            || !self.above.full && !self.above.hangs && self.above.ending != Ending::Middle;
        if let Some(depth) = self.heading_here(at)
            && (ended || self.layout.ends_paragraph(&entry.line))
        {
            return self.heading(at, depth);
        }
        if ended && around::begins_reasons(text) && !self.tree.is_empty() {
            self.tree.close_to(0);
            self.beside = Some(Beside::Reasons(None));
            self.drop_line(at, "立法理由");
            return at + 1;
        }
        if ended && !self.tree.is_empty() && around::is_attachment(text) {
            return self.attachment(at);
        }
        if let Some(end) = self.table_from(at) {
            return self.table(at, end);
        }
        match entry.marker {
            Some(marker) if marker.style == Style::Division => self.division(at, marker),
            Some(marker) => match self.place(at, marker) {
                Place::Clause { level, gap } => {
                    self.diagnostics.extend(gap);
                    self.begin_clause(at, marker, level);
                }
                Place::Misfit(fault) => {
                    self.diagnostics.push(fault);
                    self.tree.begin_loose(text, self.span(at));
                    self.look_back(at, false);
                }
                Place::Text => self.text(at),
            },
            None => self.text(at),
        }
        at + 1
    }

    /// Whether a line is furniture of the page it was copied from.
    fn furniture(&self, at: usize) -> Option<&'static str> {
        let text = self.entries[at].line.text;
        let sound = self.above.ending == Ending::Sentence || !self.above.full;
        if let Some(reason) = around::furniture(text).filter(|_| sound) {
            return Some(reason);
        }
        // The number of the row, which sites of laws set above each clause.
        let figures: u16 = text.parse().ok()?;
        let next = self.entries.get(at + 1)?.marker?;
        let same = next.part.number() == figures && next.part.inserted().is_none();
        (same && next.style == self.shape.top).then_some("列號")
    }

    fn drop_line(&mut self, at: usize, reason: &str) {
        let line = &self.entries[at].line;
        self.dropped.push(Dropped {
            line: line.number,
            text: line.text.to_owned(),
            reason: reason.to_owned(),
            span: self.span(at),
        });
    }

    /// The depth of the heading a line is, in this form of text.
    fn heading_here(&self, at: usize) -> Option<u8> {
        let entry = &self.entries[at];
        let depth = around::heading_depth(entry.line.text)?;
        let fits = match self.shape.form {
            Form::Articles => true,
            Form::Points => depth < 3,
        };
        fits.then_some(depth)
    }

    fn heading(&mut self, at: usize, depth: u8) -> usize {
        self.beside = None;
        self.tree.close_to(0);
        let text = self.entries[at].line.text.to_owned();
        self.headings.push(Heading { depth, text, before: None, span: self.span(at) });
        self.above = Above::NOTHING;
        at + 1
    }

    /// 壹、 is a heading, and a clause where the points begin anew under it.
    fn division(&mut self, at: usize, marker: Marker) {
        let entry = &self.entries[at];
        let comes_next = match self.last_division() {
            Some(last) => marker.part.number() == last + 1,
            None => marker.part == Part::FIRST,
        };
        let wrapped = self.above.full && self.above.ending != Ending::Sentence || self.above.hangs;
        if (wrapped && !comes_next) || (marker.loose && !comes_next && !self.shape.restarts) {
            return self.text(at);
        }
        if !comes_next && !self.partial {
            let gap =
                self.gap(at, marker, self.last_division().and_then(|last| Part::new(last, None)));
            self.diagnostics.push(gap);
        }
        self.tree.close_to(0);
        let rest = entry.rest();
        let is_title = ending(rest) == Ending::Bare && rest.chars().count() <= 30;
        let span = self.span(at);
        self.headings.push(Heading {
            depth: 1,
            text: if is_title { entry.line.text } else { entry.line.text[..marker.length].trim() }
                .to_owned(),
            before: None,
            span,
        });
        if self.shape.restarts {
            self.last_top = None;
            let number = ClauseNumber::division(marker.part.number());
            let heading = if is_title { entry.line.text.len() } else { marker.length };
            let marker_text = entry.line.text[..heading].to_owned();
            self.tree.open(Open::new(
                Style::Division,
                number,
                marker_text,
                span,
                entry.line.indent,
            ));
            if !is_title {
                self.begin_rest(at);
            }
        }
        self.above = Above::NOTHING;
        if !is_title {
            self.look_back(at, true);
        }
    }

    fn last_division(&self) -> Option<u16> {
        let last =
            self.headings.iter().rev().find_map(|heading| super::marker::marker(&heading.text));
        last.filter(|marker| marker.style == Style::Division).map(|marker| marker.part.number())
    }

    fn attachment(&mut self, at: usize) -> usize {
        self.tree.close_to(0);
        let title = self.entries[at].line.text.to_owned();
        self.attachments.push(AttachedText { title, blocks: Vec::new(), span: self.span(at) });
        self.beside = Some(Beside::Attachment(None));
        self.above = Above::NOTHING;
        at + 1
    }

    /// Whether the clauses go on with this line, behind an attachment or reasons: with the number
    /// that comes next, unless the list there has come to the same one.
    fn resumes(&mut self, at: usize) -> bool {
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
                    && self.last_division().is_some_and(|last| marker.part.number() == last + 1)
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
    fn beside(&mut self, at: usize) -> usize {
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
    fn table_from(&self, at: usize) -> Option<usize> {
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

    fn table(&mut self, at: usize, end: usize) -> usize {
        self.tree.push_table(read_table(self.file, &self.entries[at..end]));
        self.above = Above::NOTHING;
        end
    }

    /// Which depth of the open clauses a style belongs to, and the number before it in its list.
    fn level_of(&self, marker: Marker) -> (usize, Option<Part>, bool) {
        let open = self.tree.opened();
        if marker.style == self.shape.top {
            let level =
                usize::from(open.first().is_some_and(|open| open.style == Some(Style::Division)));
            return (level, self.last_top, false);
        }
        let outer =
            open.iter().position(|open| open.style.is_some_and(|style| style >= marker.style));
        let level = outer.unwrap_or(open.len());
        let before = outer
            .filter(|&level| open[level].style == Some(marker.style))
            .map(|level| open[level].clause.number.last());
        // A list within a clause that already has clauses would give two of them one number.
        let taken = before.is_none()
            && (outer.is_some() || open.last().is_some_and(|open| open.has_children));
        (level, before, taken)
    }

    /// Finds the place of a number among the open clauses.
    fn place(&mut self, at: usize, marker: Marker) -> Place {
        let entry = &self.entries[at];
        let top = marker.style == self.shape.top;
        if marker.style < self.shape.top || (self.tree.is_empty() && !top) {
            return Place::Text;
        }
        let (level, before, taken) = self.level_of(marker);
        let comes_next = !taken
            && before.map_or(marker.part == Part::FIRST, |before| marker.part.follows(before));
        let first = top && before.is_none();
        let gap = |reader: &Self| {
            (!comes_next && !reader.partial).then(|| reader.gap(at, marker, before))
        };
        if first {
            return Place::Clause { level, gap: gap(self) };
        }
        if marker.style == Style::Article || (top && entry.line.text.starts_with('第')) {
            return self.place_named(at, marker, level, before, comes_next);
        }
        let above = self.above;
        let ended = above.empty
            || above.caption
            || matches!(above.ending, Ending::Sentence | Ending::Part)
            || self.layout.ends_paragraph(&entry.line);
        // 第⏎三、四點 and 依前點、⏎二、三點 are sentences.
        let counted = entry.rest().starts_with(['點', '款', '目', '項', '條']);
        let in_sentence = !ended && (above.hangs || counted);
        let loose = marker.loose && !top_loose(self.shape, marker);
        if comes_next {
            if in_sentence || (loose && !ended && above.full) {
                let text = "this may be a clause, but the line above breaks off in a sentence";
                let help = "taken as text; if it is a clause, compare the line above with the \
                            published text, or correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                self.diagnostics.push(fault.help(help));
                return Place::Text;
            }
            if !ended && above.full {
                let text =
                    "this is taken for a clause, but the line above may break off in a sentence";
                let help = "compare with the published text; correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                return Place::Clause { level, gap: Some(fault.help(help)) };
            }
            return Place::Clause { level, gap: None };
        }
        if in_sentence || loose || (!ended && above.full) {
            let near = before.is_some_and(|before| {
                marker.part.number() > before.number()
                    && marker.part.number() - before.number() <= Self::FURTHEST_GAP
            });
            if near && !in_sentence {
                let text =
                    "this may be a clause whose number does not come next; it is taken as text";
                let help = "compare with the published text; correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                self.diagnostics.push(fault.help(help));
            }
            return Place::Text;
        }
        let span = self.marker_span(at, marker);
        if taken {
            let text = format!(
                "`{}` begins a list where the clause already has one of another kind or part",
                self.written(at, marker)
            );
            let help = "clauses are named by their numbers, so a clause holds one list";
            return Place::Misfit(Diagnostic::new(Code::UnreadableClause, span, text).help(help));
        }
        let last = before.map_or(0, Part::number);
        if before.is_some_and(|before| marker.part <= before) {
            return Place::Misfit(self.gap(at, marker, before));
        }
        if self.partial {
            return Place::Clause { level, gap: None };
        }
        if marker.part.number() - last > Self::FURTHEST_GAP {
            let text = format!("`{}` is far from the number before it", self.written(at, marker));
            let help = "taken as text; correct the reading under `marks` if it is a clause";
            self.diagnostics.push(Diagnostic::new(Code::DoubtfulClause, span, text).help(help));
            return Place::Text;
        }
        Place::Clause { level, gap: gap(self) }
    }

    /// 第 N 條 and 第N點, which also begin lines of sentences.
    fn place_named(
        &mut self,
        at: usize,
        marker: Marker,
        level: usize,
        before: Option<Part>,
        comes_next: bool,
    ) -> Place {
        let entry = &self.entries[at];
        let alone = entry.rest().is_empty() || is_caption(entry.rest());
        let above = self.above;
        let ended = above.empty
            || matches!(above.ending, Ending::Sentence | Ending::Part)
            || entry.line.blank_before
            || (above.ending == Ending::Bare && !above.hangs && !above.full);
        if comes_next && (alone || ended) {
            return Place::Clause { level, gap: None };
        }
        let further = before.is_none_or(|before| marker.part > before);
        if !ended && !alone {
            return Place::Text;
        }
        let fault = self.gap(at, marker, before);
        if further {
            Place::Clause { level, gap: (!self.partial).then_some(fault) }
        } else {
            Place::Misfit(fault)
        }
    }

    /// Says what is odd about a number: 三 after 一.
    fn gap(&self, at: usize, marker: Marker, before: Option<Part>) -> Diagnostic {
        let written = self.written(at, marker);
        let text = match before {
            Some(before) => format!("`{written}` comes after {before}"),
            None => format!("the list begins with `{written}`"),
        };
        let help = if before.is_some_and(|before| marker.part <= before) {
            "it stays a paragraph of the clause above; compare with the published text"
        } else {
            "compare with the published text: a line may be lost or doubled"
        };
        Diagnostic::new(Code::ClauseGap, self.marker_span(at, marker), text).help(help)
    }

    fn written(&self, at: usize, marker: Marker) -> &'a str {
        &self.entries[at].line.text[..marker.length]
    }

    /// Opens the clause that a line begins, at `level` of the open ones.
    fn begin_clause(&mut self, at: usize, marker: Marker, level: usize) {
        let entry = &self.entries[at];
        let top = marker.style == self.shape.top;
        self.tree.close_to(level);
        if !top && self.shape.form == Form::Articles {
            self.tree.within_paragraph(self.span(at));
        }
        let Some(number) = self.tree.number(marker.part, top) else {
            let text = "the clause lies deeper than clauses can be named";
            self.diagnostics.push(
                Diagnostic::new(Code::UnreadableClause, self.marker_span(at, marker), text)
                    .help("it stays a paragraph of the clause above"),
            );
            self.tree.begin_loose(entry.line.text, self.span(at));
            return self.look_back(at, false);
        };
        if top {
            self.last_top = Some(match marker.to.and_then(|to| Part::new(to, None)) {
                Some(to) if to > marker.part => to,
                _ => marker.part,
            });
            self.name_headings(&number);
        }
        let mut open = Open::new(
            marker.style,
            number,
            self.written(at, marker).to_owned(),
            self.span(at),
            entry.line.indent,
        );
        open.hang = entry.line.indent + columns(&entry.line.text[..marker.length]);
        open.bullet = marker.bullet;
        open.to = marker.to.filter(|to| top && *to > marker.part.number());
        self.tree.open(open);
        self.begin_rest(at);
        self.look_back(at, true);
    }

    /// The headings above a clause stand in front of it.
    fn name_headings(&mut self, number: &ClauseNumber) {
        for heading in self.headings.iter_mut().rev() {
            if heading.before.is_some() {
                break;
            }
            heading.before = Some(number.clone());
        }
    }

    /// Begins the paragraph of the words behind a number.
    fn begin_rest(&mut self, at: usize) {
        let rest = self.entries[at].rest();
        if rest.is_empty() {
            return;
        }
        let line = self.span(at);
        let start = line.end as usize - rest.len();
        let span = Span::new(self.file, start, line.end as usize);
        let article = self.tree.opened().last().and_then(|open| open.style) == Some(Style::Article);
        if article && is_caption(rest) {
            return self.tree.begin_caption(rest, span);
        }
        if !article && self.heads(at) {
            return self.tree.begin_caption(rest, span);
        }
        self.tree.begin_paragraph(rest, span);
    }

    /// Whether the words behind a number are a bare heading: short, without a mark, not cut by the
    /// paper, and with text below.
    fn heads(&self, at: usize) -> bool {
        let entry = &self.entries[at];
        let rest = entry.rest();
        let count = rest.chars().count();
        let next = self.entries.get(at + 1);
        let next_is_text = next.is_some_and(|next| {
            next.marker.is_none()
                && !around::is_attachment(next.line.text)
                && !around::is_table_row(next.line.text)
                && around::furniture(next.line.text).is_none()
                && next.line.text.chars().count() > 2
        });
        (2..=Self::LONGEST_CAPTION).contains(&count)
            && ending(rest) == Ending::Bare
            && !rest.contains(['，', ',', '。', '；', '：', ':', '（', '('])
            && !hangs(rest)
            && next_is_text
            && !self.is_full(at, true)
    }

    /// Adds a line to the paragraph it goes on, or begins one with it.
    fn text(&mut self, at: usize) {
        let entry = &self.entries[at];
        let (text, span) = (entry.line.text, self.span(at));
        if self.tree.is_empty() {
            return self.homeless(at);
        }
        self.report_page_number(at);
        let above = self.above;
        let strong = around::is_own_paragraph(text);
        let listed = around::is_listed(text);
        let marked = matches!(self.readings[at], Some(Reading::Paragraph | Reading::Of));
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
                && above.ending != Ending::Middle
                && !(above.full && above.ending == Ending::Bare));
        if !begins || self.readings[at] == Some(Reading::Text) {
            self.tree.extend(text, span);
            return self.look_back(at, false);
        }
        let home = if marked { self.tree.base() } else { self.home(at, strong) };
        self.tree.close_to(home);
        self.tree.begin_text(text, span, listed);
        self.look_back(at, false);
    }

    /// A line that no clause is open for: below a heading or behind what was dropped.
    fn homeless(&mut self, at: usize) {
        let entry = &self.entries[at];
        self.diagnostics.push(
            Diagnostic::new(Code::DoubtfulClause, self.span(at), "the line belongs to no clause")
                .help("it is kept as text in front of the clauses; say under `marks` what it is"),
        );
        self.tree.keep(entry.line.text, self.span(at));
        self.look_back(at, false);
    }

    fn report_page_number(&mut self, at: usize) {
        let line = &self.entries[at].line;
        if !is_page_number(line.text) {
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

    /// Whether a line would have fitted behind the one above it.
    fn had_room(&self, at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| &self.entries[above]) else { return true };
        let style = self.tree.style().unwrap_or(self.shape.top);
        let kind = Kind { style, first: above.marker.is_some() };
        self.layout.had_room(kind, above.line.reach(), self.entries[at].line.text)
    }

    /// Whether a line begins further out than the wrapped text of the innermost clause.
    fn is_further_out(&self, at: usize) -> bool {
        let Some(open) = self.tree.opened().last() else { return false };
        let Some(style) = open.style else { return false };
        let column = self.layout.text_column(style).unwrap_or(0);
        column > open.indent && self.entries[at].line.indent + 1 < column && style > self.shape.top
    }

    /// How many of the open clauses a paragraph stands in. One that names the 項 before it stands
    /// beside that; else it goes out by its indentation, and where lines have none, the clause it
    /// stands in is the one whose list goes on behind it.
    fn home(&self, at: usize, strong: bool) -> usize {
        let base = self.tree.base();
        if strong {
            return base;
        }
        let indent = self.entries[at].line.indent;
        let open = self.tree.opened();
        let next = self.next_marker[at].and_then(|next| self.entries[next].marker);
        for (place, open) in open.iter().enumerate().skip(base).rev() {
            let Some(style) = open.style else { continue };
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

    fn is_full(&self, at: usize, first: bool) -> bool {
        let style = self.tree.style().unwrap_or(self.shape.top);
        self.layout.is_full(Kind { style, first }, self.entries[at].line.reach())
    }

    /// Remembers a line for the next one.
    fn look_back(&mut self, at: usize, first: bool) {
        let entry = &self.entries[at];
        let text = if first { entry.rest() } else { entry.line.text };
        let found = if is_deleted(text) { Ending::Sentence } else { ending(text) };
        self.above = Above {
            ending: found,
            full: self.is_full(at, first),
            empty: text.is_empty(),
            caption: first && self.tree.ends_in_caption(),
            hangs: hangs(text),
        };
    }

    fn span(&self, at: usize) -> Span {
        let range = self.entries[at].line.range();
        Span::new(self.file, range.start, range.end)
    }

    fn marker_span(&self, at: usize, marker: Marker) -> Span {
        self.span(at).within(0, marker.length)
    }
}

/// Whether numbers of the outermost list are set off by white space alone in this text.
fn top_loose(shape: Shape, marker: Marker) -> bool {
    shape.loose && marker.style == shape.loose_style
        || shape.form == Form::Articles && marker.style == Style::Point
        || marker.style > shape.top
}

/// （刪除）
fn is_deleted(text: &str) -> bool {
    let bare = text.trim_matches(['（', '）', '(', ')', '。', ' ', '\u{3000}']);
    bare == "刪除" || bare == "刪 除"
}

/// （立法目的）, behind the number of an article.
fn is_caption(text: &str) -> bool {
    let bracketed = (text.starts_with('（') && text.ends_with('）'))
        || (text.starts_with('(') && text.ends_with(')'))
        || (text.starts_with('【') && text.ends_with('】'));
    bracketed && !is_deleted(text) && !text.contains('。')
}

/// Whether a line breaks off behind a word that needs another: 依第, 至, 、.
fn hangs(text: &str) -> bool {
    let last = text.trim_end().chars().next_back();
    last.is_some_and(|c| "第依及或與至前本於以之、（(「".contains(c))
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
