//! Clauses of a duty, quoted from the text with everything that stands within them, in
//! the version of a day.

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx};
use super::version_name;
use crate::law::{Block, ClauseNumber, LawClause};
use crate::model::{Id, Obligation, Version};
use crate::time::Day;

/// A clause and what stands within it.
#[derive(Debug, Serialize)]
pub struct Quote {
    pub clause: Link,
    /// Clauses the duty names beside it that stand within it.
    pub within: Vec<Link>,
    /// The version it is quoted from, where the one in question does not have it.
    pub instead: Option<String>,
    pub lines: Vec<QuoteLine>,
}

/// A paragraph of the text.
#[derive(Debug, Serialize)]
pub struct QuoteLine {
    /// 0 for the clause itself, 1 for the clauses directly within it.
    pub depth: usize,
    /// The number as written; empty for paragraphs after the first.
    pub marker: String,
    pub text: String,
}

/// The text that is quoted.
#[derive(Debug, Serialize)]
pub struct Wording {
    pub quotes: Vec<Quote>,
    /// The version the day is judged by.
    pub version: Link,
    pub in_force: Option<DateView>,
    /// It is known to be in force on that day.
    pub known: bool,
    /// Whether the regulation has several versions, so that it must be said which.
    pub several: bool,
}

/// The clauses a duty stands in as of a day, the main one first.
pub fn wording(here: &PageCtx, id: Id<Obligation>, day: Day) -> Wording {
    let obligation = &here.site.model.obligations[id];
    let regulation = &here.site.model.regulations[obligation.regulation];
    // A rule that ended, or has not begun, is quoted from the text it is of.
    let day = obligation.days.until.map_or(day, |until| until.min(day));
    let day = obligation.days.from.map_or(day, |from| from.max(day));
    let judged = regulation.judged_by(day);
    // The version of the day, or the newest that has the clause.
    let version_of = |number: &ClauseNumber| {
        let others = regulation.versions.iter().rev();
        let has = |version: &&Version| version.text.clause(number).is_some();
        std::iter::once(judged.version).chain(others).find(has)
    };
    // What stands within another clause is quoted there, if it does so in that version.
    let has_outer = |number: &ClauseNumber| {
        let others = obligation.clauses.iter().filter(|other| other.value != *number);
        let quoted = |outer: &ClauseNumber| {
            version_of(outer).is_some_and(|version| version.text.clause(number).is_some())
        };
        others.into_iter().any(|other| number.starts_with(&other.value) && quoted(&other.value))
    };
    let outer = obligation.clauses.iter().filter(|number| !has_outer(&number.value));
    let quotes = outer.filter_map(|number| {
        let version = version_of(&number.value)?;
        let mut lines = Vec::new();
        quote(version.text.clause(&number.value)?, 0, &mut lines);
        let missing = version.slug != judged.version.slug;
        Some(Quote {
            clause: here.clause_in(obligation.regulation, version, &number.value),
            within: obligation
                .clauses
                .iter()
                .filter(|other| other.value != number.value)
                .filter(|other| other.value.starts_with(&number.value))
                .filter(|other| version.text.clause(&other.value).is_some())
                .map(|other| here.clause_in(obligation.regulation, version, &other.value))
                .collect(),
            instead: missing.then(|| version_name::name(here.site, version)),
            lines,
        })
    });
    Wording {
        quotes: quotes.collect(),
        version: here.link(
            here.version_route(obligation.regulation, judged.version),
            version_name::name(here.site, judged.version),
        ),
        in_force: judged.version.from().map(DateView::new),
        known: judged.known,
        several: regulation.versions.len() > 1,
    }
}

fn quote(clause: &LawClause, depth: usize, lines: &mut Vec<QuoteLine>) {
    let mut marker = clause.marker.clone();
    if !matches!(clause.blocks.first(), Some(Block::Paragraph(_))) {
        lines.push(QuoteLine { depth, marker: std::mem::take(&mut marker), text: String::new() });
    }
    for block in &clause.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(QuoteLine {
                depth,
                marker: std::mem::take(&mut marker),
                text: paragraph.text.clone(),
            }),
            Block::Table(table) => lines.extend(table.rows.iter().map(|row| QuoteLine {
                depth,
                marker: String::new(),
                text: row.join("　"),
            })),
            Block::Clause(inner) => quote(inner, depth + 1, lines),
        }
    }
}
