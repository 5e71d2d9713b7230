//! The clauses of a text, line by line: which number begins a clause and where it belongs, which
//! line goes on a paragraph, which one begins a 項, and of which clause; what is a heading, an
//! attachment or a table between them.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    law::{AttachedText, Dropped, Form, HeadLine, Heading, Part, is_deleted},
    source::{FileId, Span},
};

mod beside;
mod heading;
mod place;
mod text;

use super::{
    around,
    layout::{Entry, Kind, Layout},
    line::{Ending, columns, ending},
    mark::Reading,
    marker::{Marker, Style},
    shape::Shape,
    tree::{Open, Tree},
};
use beside::Beside;
use place::Place;

/// The line above the one being read.
#[derive(Clone, Copy)]
pub(super) struct Above {
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

/// Everything read.
pub struct Read {
    pub clauses: Vec<crate::law::LawClause>,
    pub headings: Vec<Heading>,
    pub attachments: Vec<AttachedText>,
    /// Lines in front of the first clause that belong to none.
    pub stray: Vec<HeadLine>,
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
    /// The number of the last part: 參、.
    last_division: Option<u16>,
    attachments: Vec<AttachedText>,
    stray: Vec<HeadLine>,
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
            last_division: None,
            attachments: Vec::new(),
            stray: Vec::new(),
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
            stray: self.stray,
            dropped: self.dropped,
            diagnostics: self.diagnostics,
        }
    }

    /// Reads the line at `at`, and gives the next one to read.
    fn line(&mut self, at: usize) -> usize {
        let entry = &self.entries[at];
        let text = entry.line.text;
        let readings = self.readings;
        match &readings[at] {
            Some(Reading::Drop) => {
                self.drop_line(at, "依 marks 略去");
                return at + 1;
            }
            Some(Reading::Heading) => {
                return self.heading(at, around::heading_depth(text).unwrap_or(1));
            }
            Some(Reading::Attachment) => return self.attachment(at),
            Some(Reading::Text | Reading::Paragraph | Reading::Of(_)) => {
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
            Some(marker) if marker.style == Style::Division => return self.division(at, marker),
            Some(marker) => match self.place(at, marker) {
                Place::Clause { level, gap } => {
                    self.diagnostics.extend(gap);
                    self.begin_clause(at, marker, level);
                }
                Place::Misfit(fault) => {
                    self.diagnostics.push(fault);
                    self.loose(at);
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
            self.loose(at);
            return self.look_back(at, false);
        };
        if top {
            self.last_top = Some(match marker.to.and_then(|to| Part::new(to, None)) {
                Some(to) if to > marker.part => to,
                _ => marker.part,
            });
            self.name_headings(&number);
        }
        let written = self.without_markdown(at, 0, self.written(at, marker));
        let mut open = Open::new(marker.style, number, written, self.span(at), entry.line.indent);
        open.hang = entry.line.indent + columns(&entry.line.text[..marker.length]);
        open.bullet = marker.bullet;
        open.to = marker.to.filter(|to| top && *to > marker.part.number());
        self.tree.open(open);
        self.begin_rest(at);
        self.look_back(at, true);
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
    last.is_some_and(|c| "第依及或與至前本於以之並且而、（(「".contains(c))
}
