//! What a regulation text says, as a tree: its head, its clauses with the headings between them, the
//! attachments behind them, and the lines that were dropped. Everything keeps the order and the
//! place it has in the source.

use std::collections::BTreeMap;

use super::number::{ClauseNumber, Form, Level};
use crate::source::Span;

/// A regulation text, read.
///
/// Invariants: no two clauses have the same number; head, headings, clauses, attachments and what
/// was dropped together hold every character of the source that is not white space, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawText {
    pub form: Form,
    /// What stands in front of the first clause: title, dates, 沿革, preamble.
    pub head: Vec<HeadLine>,
    /// 編, 章, 節 and parts (壹、), in the order of the text.
    pub headings: Vec<Heading>,
    /// The 點 or 條; the rest stands within them.
    pub clauses: Vec<LawClause>,
    /// What stands behind the clauses, or between them, under a name of its own.
    pub attachments: Vec<AttachedText>,
    /// In the order of the lines.
    pub dropped: Vec<Dropped>,
}

/// A line of the head, with the lines it was wrapped into joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLine {
    pub text: String,
    pub span: Span,
}

/// A heading that belongs to no clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 0 for 編, 1 for 章 or 壹、, 2 for 節, 3 for 款, 4 for 目.
    pub depth: u8,
    /// The whole line, with its number.
    pub text: String,
    /// The clause it stands in front of; `None` at the end of the text.
    pub before: Option<ClauseNumber>,
    pub span: Span,
}

/// An attachment (附件, 附表) that stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedText {
    /// Its first line: 附表一 申請表.
    pub title: String,
    /// Paragraphs and tables; never clauses.
    pub blocks: Vec<Block>,
    pub span: Span,
}

/// What the source holds and the text does not: a line, such as a page number, or the beginning
/// of one, such as a bullet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// From 1.
    pub line: usize,
    /// Without white space around it.
    pub text: String,
    /// Why, as the rule says.
    pub reason: String,
    pub span: Span,
}

/// A 點, 條, 項, 款 or 目, or what stands below a 目.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawClause {
    pub number: ClauseNumber,
    /// The number as written, such as `（一）`, `1.`, `第 2 條` or `- (一)`; empty for a 項.
    pub marker: String,
    /// Paragraphs, tables and clauses in the order of the source.
    pub blocks: Vec<Block>,
    /// From the marker to the end of the last block.
    pub span: Span,
}

/// A part of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
    Clause(LawClause),
}

/// The text of lines that were wrapped, joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    /// A bare heading of the clause (一、目的) or the caption of an article.
    pub is_caption: bool,
    /// From the first to the last of its lines.
    pub span: Span,
}

/// Lines that stand beside each other in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The lines as they stand, rules included.
    pub lines: Vec<String>,
    /// The cells, row by row; the first row is the head if a rule follows it.
    pub rows: Vec<Vec<String>>,
    pub has_head: bool,
    pub span: Span,
}

/// How many clauses a text has, by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseCounts {
    /// 點 or 條.
    pub points: usize,
    /// 項, as far as they are clauses of their own.
    pub paragraphs: usize,
    /// 款.
    pub items: usize,
    /// 目.
    pub subitems: usize,
    /// What stands below a 目.
    pub details: usize,
}

/// （刪除）: the words that stand where a clause was.
pub fn is_deleted(text: &str) -> bool {
    let bare = text.trim_matches(['（', '）', '(', ')', '。', ' ', '\u{3000}']);
    bare == "刪除" || bare == "刪 除"
}

impl LawText {
    /// Everything that is not white space, in order: head, headings, markers, paragraphs, tables,
    /// attachments. What was dropped is not in it; all else of the source is, once.
    pub fn letters(&self) -> String {
        let mut pieces: BTreeMap<u32, String> = BTreeMap::new();
        let mut add = |at: u32, text: &str| {
            pieces.entry(at).or_insert_with(|| text.to_owned());
        };
        self.head.iter().for_each(|line| add(line.span.start, &line.text));
        self.headings.iter().for_each(|heading| add(heading.span.start, &heading.text));
        self.clauses.iter().for_each(|clause| clause.pieces(&mut add));
        for attachment in &self.attachments {
            add(attachment.span.start, &attachment.title);
            attachment.blocks.iter().for_each(|block| block.pieces(&mut add));
        }
        let mut all: String = pieces.into_values().collect();
        all.retain(|c| !c.is_whitespace());
        all
    }

    /// The clause with this number, if the text has it.
    pub fn clause(&self, number: &ClauseNumber) -> Option<&LawClause> {
        let holds = |clause: &&LawClause| number.starts_with(&clause.number);
        let mut found = self.clauses.iter().find(holds)?;
        while found.number != *number {
            found = found.children().find(holds)?;
        }
        Some(found)
    }

    /// Every clause, each before the ones within it, in the order of the text.
    pub fn all_clauses(&self) -> impl Iterator<Item = &LawClause> {
        let mut rest: Vec<&LawClause> = self.clauses.iter().rev().collect();
        std::iter::from_fn(move || {
            let next = rest.pop()?;
            let children = rest.len();
            rest.extend(next.children());
            rest[children..].reverse();
            Some(next)
        })
    }

    /// How many 點 or 條, 項, 款 and 目 there are.
    pub fn counts(&self) -> ClauseCounts {
        let mut counts = ClauseCounts::default();
        for clause in self.all_clauses() {
            match clause.number.level() {
                Level::Division => {}
                Level::Point | Level::Article => counts.points += 1,
                Level::Paragraph => counts.paragraphs += 1,
                Level::Item => counts.items += 1,
                Level::Subitem => counts.subitems += 1,
                Level::Detail | Level::Further => counts.details += 1,
            }
        }
        counts
    }
}

impl LawClause {
    /// Whether only the word that it was deleted is left of it.
    pub fn is_deleted(&self) -> bool {
        is_deleted(self.own_text().trim())
    }

    /// The clauses directly within this one.
    pub fn children(&self) -> impl Iterator<Item = &LawClause> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Clause(clause) => Some(clause),
            _ => None,
        })
    }

    /// The paragraphs of this clause itself, those after its children too.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        })
    }

    /// Whether it is a 項 with a number of its own.
    pub fn is_paragraph(&self) -> bool {
        self.number.level() == Level::Paragraph
    }

    /// What the clause itself says, without its marker and the clauses within it: one line a
    /// paragraph or row of a table. How the source was wrapped does not show in it.
    pub fn own_text(&self) -> String {
        let lines: Vec<&str> = self
            .blocks
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph(paragraph) => std::slice::from_ref(&paragraph.text).iter(),
                Block::Table(table) => table.lines.iter(),
                Block::Clause(_) => [].iter(),
            })
            .map(String::as_str)
            .collect();
        lines.join("\n")
    }

    fn pieces(&self, add: &mut impl FnMut(u32, &str)) {
        if !self.marker.is_empty() {
            add(self.span.start, &self.marker);
        }
        self.blocks.iter().for_each(|block| block.pieces(add));
    }
}

impl Block {
    fn pieces(&self, add: &mut impl FnMut(u32, &str)) {
        match self {
            Block::Paragraph(paragraph) => add(paragraph.span.start, &paragraph.text),
            Block::Table(table) => add(table.span.start, &table.lines.concat()),
            Block::Clause(clause) => clause.pieces(&mut *add),
        }
    }
}
