//! The paragraphs of a clause with their references as links, and how the clause itself is cited in
//! papers. No letter of the text is added, lost or moved.

use std::collections::HashMap;

use serde::Serialize;

use super::parts::{DateView, PageCtx};
use super::references::{attachment_href, held};
use crate::law::{ClauseNumber, LawClause, Level, Paragraph};
use crate::model::{Citation, Id, Regulation, Target, Version, citations};
use crate::time::{Day, roc_short};

/// A paragraph (項), in pieces.
#[derive(Debug, Serialize)]
pub struct ParagraphView {
    pub pieces: Vec<Piece>,
    /// 「第2項」 where the clause has several, for these have no number of their own.
    pub label: Option<String>,
    /// `2` of it, for the margin.
    pub number: Option<usize>,
    /// The fragment of its address, where it has a label.
    pub anchor: Option<String>,
    /// A bare heading of the clause.
    pub is_caption: bool,
}

/// Letters of the law, a link where they lead somewhere.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub text: String,
    pub href: Option<String>,
    /// It leads off the site.
    pub external: bool,
}

/// The first day in force of a clause that comes into force later than the rest of its version.
#[derive(Debug, Serialize)]
pub struct LaterView {
    pub from: DateView,
    /// The day has not come on the as-of date: the version before says what holds.
    pub is_coming: bool,
}

/// Makes the paragraphs of one version.
pub struct Citer<'a> {
    here: &'a PageCtx<'a>,
    regulation: Id<Regulation>,
    /// `NAME{clause}（112.10.23修正）`, as a pattern; 訂定, 修正 or nothing, as the source says.
    pattern: String,
    citations: HashMap<(ClauseNumber, usize), Vec<Citation>>,
    /// Clauses that come into force later than the rest.
    later: &'a [(ClauseNumber, Day)],
}

impl<'a> Citer<'a> {
    /// For the pages of a version's text; links to its clauses stay on the page.
    pub fn new(here: &'a PageCtx<'a>, id: Id<Regulation>, version: &'a Version) -> Self {
        let regulation = &here.site.model.regulations[id];
        let mut by_place: HashMap<_, Vec<Citation>> = HashMap::new();
        for citation in citations(regulation, version) {
            let place = (citation.clause.clone(), citation.paragraph);
            by_place.entry(place).or_default().push(citation);
        }
        let pattern = pattern(here, regulation, version);
        Self { here, regulation: id, pattern, citations: by_place, later: &version.later }
    }

    /// The clause as papers cite it.
    pub fn cited(&self, number: &ClauseNumber) -> String {
        self.pattern.replacen("{clause}", &number.paper_citation(), 1)
    }

    /// When a clause comes into force, if that is later than the rest; clauses within it say nothing.
    pub fn later(&self, clause: &LawClause) -> Option<LaterView> {
        let own = self.later.iter().find(|(number, _)| *number == clause.number);
        own.map(|(_, day)| LaterView {
            from: DateView::new(*day),
            is_coming: !self.here.has_come(*day),
        })
    }

    /// The paragraphs of a clause, in order.
    pub fn paragraphs(&self, clause: &LawClause) -> Vec<ParagraphView> {
        // The 項 of a point or article are clauses: the first of a point has the point's number.
        let (owner, first, several) = match (clause.number.level(), clause.number.parent()) {
            (Level::Paragraph, Some(whole)) => (
                whole,
                usize::from(clause.number.last().number()) - 1,
                clause.number.names_paragraphs(),
            ),
            (Level::Article | Level::Division, _) => (clause.number.clone(), 0, false),
            (Level::Point, _) if clause.number.names_paragraphs() => {
                (clause.number.clone(), 0, true)
            }
            _ => (clause.number.clone(), 0, clause.paragraphs().count() > 1),
        };
        let counted = clause.number.names_paragraphs()
            && matches!(clause.number.level(), Level::Paragraph | Level::Point);
        let mut seen = 0;
        let mut view = |(at, paragraph): (usize, &Paragraph)| {
            let own = several && !(counted && (seen > 0 || paragraph.is_caption));
            let place = if counted { first } else { at };
            seen += usize::from(!paragraph.is_caption);
            ParagraphView {
                pieces: self.pieces(clause, at, &paragraph.text),
                label: own.then(|| {
                    self.here.site.words.say("cite.paragraph", &[("number", &(place + 1))])
                }),
                number: own.then_some(place + 1),
                anchor: own.then(|| paragraph_anchor(&owner, place)),
                is_caption: paragraph.is_caption,
            }
        };
        clause.paragraphs().enumerate().map(&mut view).collect()
    }

    fn pieces(&self, clause: &LawClause, paragraph: usize, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let plain = |text: &str, pieces: &mut Vec<Piece>| {
            if !text.is_empty() {
                pieces.push(Piece { text: text.to_owned(), href: None, external: false });
            }
        };
        let mut end = 0;
        let found = self.citations.get(&(clause.number.clone(), paragraph));
        for citation in found.into_iter().flatten() {
            let Some((href, external)) = address(self.here, self.regulation, &citation.target)
            else {
                continue;
            };
            plain(&text[end..citation.range.start], &mut pieces);
            pieces.push(Piece { text: citation.words.clone(), href: Some(href), external });
            end = citation.range.end;
        }
        plain(&text[end..], &mut pieces);
        pieces
    }
}

/// Where a reference leads from a page with the text it stands in, and whether off the site.
fn address(here: &PageCtx, id: Id<Regulation>, target: &Target) -> Option<(String, bool)> {
    let regulation = &here.site.model.regulations[id];
    match target {
        Target::Clause(number) => Some((format!("#{}", number.anchor()), false)),
        Target::Paragraph(number, at) => {
            Some((format!("#{}", paragraph_anchor(number, *at)), false))
        }
        Target::Attachment(label) => Some((attachment_href(here, id, *label), false)),
        Target::Law(place, article) => {
            let law = &regulation.cites[*place];
            if let Some(inside) = held(here, law, article.as_deref()) {
                return Some((inside, false));
            }
            Some((regulation.cites[*place].address(article.as_deref())?, true))
        }
        Target::Nowhere | Target::Unlisted => None,
    }
}

fn paragraph_anchor(number: &ClauseNumber, at: usize) -> String {
    format!("{}-para{}", number.anchor(), at + 1)
}

fn pattern(here: &PageCtx, regulation: &Regulation, version: &Version) -> String {
    let words = &here.site.words;
    let name = format!("{}{{clause}}", regulation.name);
    let Some(day) = version.amended.or(version.in_force) else { return name };
    // What the source says of the day, and no more: a bare date is neither 訂定 nor 修正.
    let of_history = regulation.history.iter().find(|entry| entry.is_of(version));
    let said = [version.summary.as_deref(), of_history.map(|entry| entry.summary.as_str())];
    let says = |key: &str| said.iter().flatten().any(|text| text.contains(words.get(key)));
    let key = if says("cite.amending") {
        "cite.amended"
    } else if says("cite.enacting") {
        "cite.enacted"
    } else {
        "cite.dated"
    };
    words.say(key, &[("clause", &name), ("day", &roc_short(day).replace('-', "."))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_have_addresses_that_no_clause_has() {
        let number: ClauseNumber = "5.1".parse().expect("a number");
        assert_eq!(paragraph_anchor(&number, 1), "p5-1-para2");
    }
}
