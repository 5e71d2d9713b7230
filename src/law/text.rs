//! What a regulation text says, as a tree: its head, its clauses, and the lines that were dropped.
//! Everything keeps the order and the place it has in the source.

use crate::source::Span;

use super::number::ClauseNumber;

/// A regulation text, read.
///
/// Invariants: no two clauses have the same number; head, clauses and what was dropped together hold
/// every character of the source that is not white space, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawText {
    /// What stands in front of the first clause: title, dates, 沿革.
    pub head: Vec<HeadLine>,
    /// The 點; the rest stands within them.
    pub clauses: Vec<LawClause>,
    /// In the order of the lines.
    pub dropped: Vec<Dropped>,
}

/// A line of the head, with the lines it was wrapped into joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLine {
    pub text: String,
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

/// A 點, 款 or 目, or what stands below a 目.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawClause {
    pub number: ClauseNumber,
    /// The number as written, such as `（一）`, `1.` or `- (一)`.
    pub marker: String,
    /// Paragraphs (項) and clauses in the order of the source.
    pub blocks: Vec<Block>,
    /// From the marker to the end of the last block.
    pub span: Span,
}

/// A part of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Clause(LawClause),
}

/// A 項, which has no number: the text of its wrapped lines, joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    /// From the first to the last of its lines.
    pub span: Span,
}

/// How many clauses a text has, by depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseCounts {
    /// 點.
    pub points: usize,
    /// 款.
    pub items: usize,
    /// 目.
    pub subitems: usize,
    /// What stands below a 目.
    pub details: usize,
}

impl LawText {
    /// Everything that is not white space, in order: head, markers and paragraphs. What was
    /// dropped is not in it; all else of the source is, once.
    pub fn letters(&self) -> String {
        fn add(clause: &LawClause, all: &mut String) {
            *all += &clause.marker;
            for block in &clause.blocks {
                match block {
                    Block::Paragraph(paragraph) => *all += &paragraph.text,
                    Block::Clause(child) => add(child, all),
                }
            }
        }
        let mut all: String = self.head.iter().map(|line| line.text.as_str()).collect();
        self.clauses.iter().for_each(|clause| add(clause, &mut all));
        all.retain(|c| !c.is_whitespace());
        all
    }

    /// The clause with this number, if the text has it.
    pub fn clause(&self, number: &ClauseNumber) -> Option<&LawClause> {
        let mut found = self.clauses.iter().find(|clause| number.starts_with(&clause.number))?;
        while found.number != *number {
            found = found.children().find(|clause| number.starts_with(&clause.number))?;
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

    /// How many 點, 款 and 目 there are.
    pub fn counts(&self) -> ClauseCounts {
        let mut counts = ClauseCounts::default();
        for clause in self.all_clauses() {
            match clause.number.depth() {
                1 => counts.points += 1,
                2 => counts.items += 1,
                3 => counts.subitems += 1,
                _ => counts.details += 1,
            }
        }
        counts
    }
}

impl LawClause {
    /// The clauses directly within this one.
    pub fn children(&self) -> impl Iterator<Item = &LawClause> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Clause(clause) => Some(clause),
            Block::Paragraph(_) => None,
        })
    }

    /// The paragraphs of this clause itself, those after its children too.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Clause(_) => None,
        })
    }

    /// What the clause itself says, without its marker and the clauses within it: one line a
    /// paragraph. How the source was wrapped does not show in it.
    pub fn own_text(&self) -> String {
        let paragraphs: Vec<&str> = self.paragraphs().map(|item| item.text.as_str()).collect();
        paragraphs.join("\n")
    }
}
