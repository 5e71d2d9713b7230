//! Clauses of a duty, quoted from the text with everything that stands within them.

use serde::Serialize;

use super::parts::{Here, Link};
use crate::model::{Id, Obligation};
use crate::parse::law::{Block, LawClause};

/// A clause and what stands within it.
#[derive(Debug, Serialize)]
pub struct Quote {
    pub clause: Link,
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

/// The clauses a duty stands in, the main one first.
pub fn quotes(here: &Here, id: Id<Obligation>) -> Vec<Quote> {
    let obligation = &here.site.model.obligations[id];
    let text = &here.site.model.regulations[obligation.regulation].current().text;
    obligation
        .clauses
        .iter()
        .filter_map(|number| {
            let mut lines = Vec::new();
            quote(text.clause(&number.value)?, 0, &mut lines);
            Some(Quote { clause: here.clause(obligation.regulation, &number.value), lines })
        })
        .collect()
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
            Block::Clause(inner) => quote(inner, depth + 1, lines),
        }
    }
}
