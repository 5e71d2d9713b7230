//! The tree of clauses while it grows: the clauses whose end has not come yet, the 項 of the outermost
//! of them, and how their numbers are cited once it is known how many 項 there are.

use crate::law::{Block, ClauseNumber, Form, LawClause, Level, Paragraph, Part, Table};
use crate::source::{FileId, Span};

use super::line::{Ending, ending, join};
use super::marker::Style;

/// A clause whose end has not come yet.
pub struct Open {
    /// `None` for a 項.
    pub style: Option<Style>,
    pub bullet: bool,
    /// Columns in front of its number.
    pub indent: usize,
    /// The column its words begin at.
    pub hang: usize,
    /// Whether clauses within it were read already.
    pub has_children: bool,
    /// How many 項 it has begun, if it is a point or an article.
    paragraphs: u16,
    /// It stands for clauses up to this one: 二至四、（刪除）.
    pub to: Option<u16>,
    pub clause: LawClause,
}

impl Open {
    /// A clause that begins here.
    pub fn new(
        style: Style,
        number: ClauseNumber,
        marker: String,
        span: Span,
        indent: usize,
    ) -> Self {
        Self {
            style: Some(style),
            bullet: false,
            indent,
            hang: indent,
            has_children: false,
            paragraphs: 0,
            to: None,
            clause: LawClause { number, marker, blocks: Vec::new(), span },
        }
    }
}

/// The clauses read so far.
pub struct Tree {
    file: FileId,
    form: Form,
    open: Vec<Open>,
    closed: Vec<LawClause>,
}

impl Tree {
    /// A tree without clauses.
    pub fn new(file: FileId, form: Form) -> Self {
        Self { file, form, open: Vec::new(), closed: Vec::new() }
    }

    /// Whether no clause is open.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The open clauses, from the outermost in.
    pub fn opened(&self) -> &[Open] {
        &self.open
    }

    /// The style of the innermost clause that has one.
    pub fn style(&self) -> Option<Style> {
        self.open.iter().rev().find_map(|open| open.style)
    }

    /// How many clauses are open around the 項 of the point or article.
    pub fn base(&self) -> usize {
        let divided = self.open.first().is_some_and(|open| open.style == Some(Style::Division));
        (usize::from(divided) + 1).min(self.open.len())
    }

    /// The number a clause gets here; `top`: it begins a point or article.
    pub fn number(&self, part: Part, top: bool) -> Option<ClauseNumber> {
        match self.open.last() {
            Some(parent) => parent.clause.number.child(part),
            None if top && self.form == Form::Articles => Some(ClauseNumber::article(part, false)),
            None => Some(ClauseNumber::point(part)),
        }
    }

    /// Opens a clause within the innermost one.
    pub fn open(&mut self, open: Open) {
        self.open.push(open);
    }

    /// Sees to it that a 項 of the article is open, for lists that stand right below its number.
    pub fn within_paragraph(&mut self, span: Span) {
        if self.open.last().is_some_and(|open| open.style == Some(Style::Article)) {
            self.open_paragraph(span);
        }
    }

    fn open_paragraph(&mut self, span: Span) {
        let Some(outer) = self.open.last_mut() else { return };
        outer.paragraphs += 1;
        let Some(number) = outer.clause.number.paragraph(outer.paragraphs) else { return };
        let indent = outer.indent;
        let span = Span { end: span.start, ..span };
        self.open.push(Open {
            style: None,
            bullet: false,
            indent,
            hang: indent,
            has_children: false,
            paragraphs: 0,
            to: None,
            clause: LawClause { number, marker: String::new(), blocks: Vec::new(), span },
        });
    }

    /// Begins the words behind a number: the first 項 of an article, else text of the clause.
    pub fn begin_paragraph(&mut self, text: &str, span: Span) {
        let Some(last) = self.open.last_mut() else { return };
        match last.clause.number.level() {
            Level::Article => self.open_paragraph(span),
            Level::Point => last.paragraphs = 1,
            _ => {}
        }
        self.push(text, false, span);
    }

    /// Begins the bare heading of a clause.
    pub fn begin_caption(&mut self, text: &str, span: Span) {
        self.push(text, true, span);
    }

    /// Begins a paragraph below the words of a clause: a new 項 where one ended, else text of the
    /// clause. `listed`: an entry of a list that has no numbers of clauses.
    pub fn begin_text(&mut self, text: &str, span: Span, listed: bool) {
        let Some(last) = self.open.last() else { return };
        let opens = last.clause.blocks.iter().rev().find_map(|block| match block {
            Block::Paragraph(paragraph) => Some(ending_opens(&paragraph.text)),
            Block::Table(_) => Some(false),
            Block::Clause(_) => None,
        });
        let goes_on = (opens == Some(true) && !last.has_children)
            || (listed && !last.clause.blocks.is_empty() && !last.has_children);
        match last.clause.number.level() {
            Level::Article => {
                if listed
                    && let Some(Block::Clause(mut before)) =
                        self.open.last_mut().and_then(|open| open.clause.blocks.pop())
                {
                    // The list goes on the 項 before it.
                    before.blocks.push(paragraph(text, false, span));
                    before.span.end = span.end;
                    let outer = self.open.last_mut().expect("the article is open");
                    outer.clause.span.end = span.end;
                    outer.clause.blocks.push(Block::Clause(before));
                    return;
                }
                self.open_paragraph(span);
            }
            Level::Point if last.paragraphs == 0 => {
                self.open.last_mut().expect("it is open").paragraphs = 1;
            }
            Level::Point if !goes_on => self.open_paragraph(span),
            _ => {}
        }
        self.push(text, false, span);
    }

    /// Begins a further 項 of the innermost clause, whatever the one before it says.
    pub fn begin_further(&mut self, text: &str, span: Span) {
        if let Some(last) = self.open.last_mut() {
            match last.clause.number.level() {
                Level::Point if last.paragraphs == 0 => last.paragraphs = 1,
                Level::Article | Level::Point => self.open_paragraph(span),
                _ => {}
            }
        }
        self.push(text, false, span);
    }

    /// Keeps a line where it is, without asking what it is.
    pub fn begin_loose(&mut self, text: &str, span: Span) {
        if let Some(last) = self.open.last_mut()
            && last.clause.number.level() == Level::Article
        {
            self.open_paragraph(span);
        }
        self.push(text, false, span);
    }

    /// Keeps a line that no clause is open for, with the clause above; `false` if there is none.
    pub fn keep(&mut self, text: &str, span: Span) -> bool {
        fn innermost(clause: &mut LawClause, block: Block, end: u32) {
            clause.span.end = end;
            match clause.blocks.last_mut() {
                Some(Block::Clause(_)) => {
                    let Some(Block::Clause(inner)) = clause.blocks.last_mut() else { return };
                    innermost(inner, block, end);
                }
                _ => clause.blocks.push(block),
            }
        }
        let Some(last) = self.closed.last_mut() else { return false };
        innermost(last, paragraph(text, false, span), span.end);
        true
    }

    fn push(&mut self, text: &str, is_caption: bool, span: Span) {
        let Some(last) = self.open.last_mut() else { return };
        last.clause.blocks.push(paragraph(text, is_caption, span));
        last.clause.span.end = span.end;
    }

    /// Adds a table to the innermost clause.
    pub fn push_table(&mut self, table: Table) {
        if self.open.last().is_some_and(|open| open.style == Some(Style::Article)) {
            self.open_paragraph(table.span);
        }
        let Some(last) = self.open.last_mut() else { return };
        if last.clause.number.level() == Level::Point {
            last.paragraphs = last.paragraphs.max(1);
        }
        last.clause.span.end = table.span.end;
        last.clause.blocks.push(Block::Table(table));
    }

    /// Whether the innermost clause is a 款 or below whose words, with a colon, take the next paragraph.
    pub fn opens_next(&self) -> bool {
        let Some(last) = self.open.last().filter(|_| self.open.len() > self.base()) else {
            return false;
        };
        let opens = |block: &Block| matches!(block, Block::Paragraph(paragraph) if ending_opens(&paragraph.text));
        last.style.is_some() && last.clause.blocks.last().is_some_and(opens)
    }

    /// Adds a wrapped line to the paragraph it goes on.
    pub fn extend(&mut self, text: &str, span: Span) {
        let Some(last) = self.open.last_mut() else { return };
        let Some(Block::Paragraph(paragraph)) = last.clause.blocks.last_mut() else {
            return self.begin_paragraph(text, span);
        };
        join(&mut paragraph.text, text);
        paragraph.span.end = span.end;
        last.clause.span.end = span.end;
    }

    /// Whether the innermost clause has no words yet, only its number.
    pub fn is_bare(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.style == Some(Style::Article) && open.clause.blocks.iter().all(is_heading)
        })
    }

    /// Whether the last thing read is the bare heading of a clause.
    pub fn ends_in_caption(&self) -> bool {
        self.open.last().and_then(|open| open.clause.blocks.last()).is_some_and(is_heading)
    }

    /// Ends the innermost open clauses until `level` are left.
    pub fn close_to(&mut self, level: usize) {
        while self.open.len() > level {
            let Some(done) = self.open.pop() else { return };
            let copies = copies(&done);
            for clause in std::iter::once(done.clause).chain(copies) {
                match self.open.last_mut() {
                    Some(parent) => {
                        parent.has_children |= done.style.is_some();
                        parent.clause.span.end = parent.clause.span.end.max(clause.span.end);
                        parent.clause.blocks.push(Block::Clause(clause));
                    }
                    None => self.closed.push(clause),
                }
            }
        }
    }

    /// The clauses, all closed, with the 項 named in their numbers where there are several.
    pub fn finish(mut self) -> Vec<LawClause> {
        self.close_to(0);
        let _ = self.file;
        for clause in &mut self.closed {
            cite(clause, self.form);
        }
        self.closed
    }
}

fn paragraph(text: &str, is_caption: bool, span: Span) -> Block {
    Block::Paragraph(Paragraph { text: text.to_owned(), is_caption, span })
}

fn is_heading(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.is_caption)
}

/// Whether words open what follows: they end with a colon.
fn ending_opens(text: &str) -> bool {
    let colon = text.trim_end().ends_with(['：', ':', '︰']);
    colon && ending(text) == Ending::Sentence
}

/// The clauses a range stands for besides the first.
fn copies(done: &Open) -> Vec<LawClause> {
    let Some(to) = done.to else { return Vec::new() };
    let first = done.clause.number.last().number();
    let renumbered = |number: u16| {
        let part = Part::new(number, None)?;
        let number = match done.clause.number.parent() {
            Some(parent) => parent.child(part)?,
            None if done.clause.number.form() == Form::Articles => {
                ClauseNumber::article(part, false)
            }
            None => ClauseNumber::point(part),
        };
        let mut clause = done.clause.clone();
        clause.marker.clear();
        clause.number = number.clone();
        for block in &mut clause.blocks {
            if let Block::Clause(inner) = block {
                inner.number = number.paragraph(inner.number.last().number())?;
            }
        }
        Some(clause)
    };
    (first + 1..=to).filter_map(renumbered).collect()
}

/// Tells the numbers of a point or article how they are cited.
fn cite(clause: &mut LawClause, form: Form) {
    fn mark(clause: &mut LawClause, form: Form, several: bool) {
        clause.number = clause.number.clone().cited_as(form, several);
        for block in &mut clause.blocks {
            if let Block::Clause(inner) = block {
                mark(inner, form, several);
            }
        }
    }
    if clause.number.level() == Level::Division {
        for block in &mut clause.blocks {
            if let Block::Clause(inner) = block {
                cite(inner, form);
            }
        }
        return;
    }
    let paragraphs = clause.children().filter(|inner| inner.is_paragraph()).count();
    let several = match form {
        Form::Articles => paragraphs > 1,
        Form::Points => paragraphs > 0,
    };
    mark(clause, form, several);
}
