//! The text of a regulation as a tree of clauses, each with what it carries: its duties and how
//! they stand, or why it carries none. Markers and paragraphs are the letters of the law; all
//! else is annotation, kept in fields of its own so that templates can mark it as such.

use std::collections::HashMap;

use serde::Serialize;

use super::parts::{Here, Link, StatusCount};
use super::suspect::suspect;
use crate::model::{Id, Obligation, Regulation, Version};
use crate::parse::law::{Block, ClauseNumber, LawClause, LawText};
use crate::site::route::clause_anchor;

/// A clause as the page shows it.
#[derive(Debug, Serialize)]
pub struct ClauseView {
    /// `p7-1-1`, the fragment of its permanent address.
    pub anchor: String,
    /// 「第七點第一款第一目」.
    pub citation: String,
    /// The number as written.
    pub marker: String,
    /// Paragraphs with the clauses that follow them, in the order of the text; never empty.
    pub parts: Vec<PartView>,
    /// The version's source does not state it: the words are those of the version before.
    pub carried_over: bool,
    /// `None` in versions that nothing is said about.
    pub carries: Option<Carries>,
}

/// Paragraphs of a clause, and the clauses within it that follow them.
#[derive(Debug, Default, Serialize)]
pub struct PartView {
    pub paragraphs: Vec<String>,
    pub clauses: Vec<ClauseView>,
}

/// What a clause carries.
#[derive(Debug, Serialize)]
pub struct Carries {
    pub duties: Vec<DutyView>,
    /// Why it carries no duty, in a word.
    pub reason: Option<String>,
    pub note: Option<String>,
    /// The clause above that says so for this one too.
    pub inherited: Option<Link>,
    /// Its duties stand in the clauses within it.
    pub within: bool,
}

/// A duty beside its clause.
#[derive(Clone, Debug, Serialize)]
pub struct DutyView {
    pub link: Link,
    pub kind: String,
    /// The clauses do not say what it was written for.
    pub suspect: bool,
    /// Empty for duties that are not evaluated.
    pub counts: Vec<StatusCount>,
}

/// How much of the text is accounted for.
#[derive(Debug, Serialize)]
pub struct Coverage {
    pub points: usize,
    pub items: usize,
    pub subitems: usize,
    pub details: usize,
    pub total: usize,
    /// Clauses that carry duties themselves.
    pub with_duties: usize,
    /// Clauses said to carry none.
    pub with_reason: usize,
    /// Headings, accounted for by the clauses within them.
    pub headings: usize,
    pub duties: Vec<KindCount>,
    pub duty_total: usize,
}

/// How many duties of a kind.
#[derive(Debug, Serialize)]
pub struct KindCount {
    pub kind: String,
    pub count: usize,
}

/// The clauses of the current version, with what they carry.
pub fn clauses(here: &Here, id: Id<Regulation>, version: &Version) -> Vec<ClauseView> {
    let duties = duties(here, id);
    let carries = |clause: &LawClause| Some(carried(here, id, &duties, clause));
    points(version, None, &carries)
}

/// The clauses of a version of which nothing is said, with anchors of their own.
pub fn plain_clauses(version: &Version) -> Vec<ClauseView> {
    points(version, Some(&version.slug), &|_| None)
}

fn points(
    version: &Version,
    prefix: Option<&str>,
    carries: &dyn Fn(&LawClause) -> Option<Carries>,
) -> Vec<ClauseView> {
    let view = |point: &LawClause| ClauseView {
        carried_over: version.carried_over.contains(&point.number),
        ..clause_view(point, prefix, carries)
    };
    version.text.clauses.iter().map(view).collect()
}

fn clause_view(
    clause: &LawClause,
    prefix: Option<&str>,
    carries: &dyn Fn(&LawClause) -> Option<Carries>,
) -> ClauseView {
    let mut parts = vec![PartView::default()];
    for block in &clause.blocks {
        let last = parts.last_mut().expect("there is a first part");
        match block {
            Block::Paragraph(paragraph) if last.clauses.is_empty() => {
                last.paragraphs.push(paragraph.text.clone());
            }
            Block::Paragraph(paragraph) => parts
                .push(PartView { paragraphs: vec![paragraph.text.clone()], clauses: Vec::new() }),
            Block::Clause(inner) => last.clauses.push(clause_view(inner, prefix, carries)),
        }
    }
    ClauseView {
        anchor: clause_anchor(&clause.number, prefix),
        citation: clause.number.citation(),
        marker: clause.marker.clone(),
        parts,
        carried_over: false,
        carries: carries(clause),
    }
}

/// Every duty of a regulation as its clauses show it; a duty may stand in several.
type Duties = HashMap<Id<Obligation>, DutyView>;

fn duties(here: &Here, id: Id<Regulation>) -> Duties {
    let model = &here.site.model;
    let list = model.regulations[id].obligations.iter();
    list.map(|duty| {
        let occurrences = here.site.assessment.of_obligation(*duty);
        let kind = model.obligations[*duty].duty.word();
        let view = DutyView {
            link: here.obligation(*duty),
            kind: here.word("duty", kind),
            suspect: suspect(here, *duty, here.site.assessment.as_of).is_some(),
            counts: here.counts(occurrences.map(|(_, occurrence)| occurrence)),
        };
        (*duty, view)
    })
    .collect()
}

fn carried(here: &Here, id: Id<Regulation>, duties: &Duties, clause: &LawClause) -> Carries {
    let regulation = &here.site.model.regulations[id];
    let own = regulation.duties_of(&clause.number).iter();
    let plain = regulation.plain_reason(&clause.number);
    let inherited = plain.filter(|plain| plain.clause != clause.number);
    Carries {
        duties: own.map(|duty| duties[duty].clone()).collect(),
        reason: plain.map(|plain| here.word("plain_reason", &plain.reason)),
        note: plain.filter(|_| inherited.is_none()).and_then(|plain| plain.note.clone()),
        inherited: inherited.map(|plain| here.clause(id, &plain.clause)),
        within: plain.is_none() && is_heading(regulation, &clause.number, clause),
    }
}

/// Whether a clause is accounted for by the clauses within it alone.
fn is_heading(regulation: &Regulation, number: &ClauseNumber, clause: &LawClause) -> bool {
    regulation.duties_of(number).is_empty() && clause.children().next().is_some()
}

/// How much of the text is accounted for, and how.
pub fn coverage(here: &Here, id: Id<Regulation>, text: &LawText) -> Coverage {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let counts = text.counts();
    let (mut with_duties, mut with_reason, mut headings) = (0, 0, 0);
    for clause in text.all_clauses() {
        if !regulation.duties_of(&clause.number).is_empty() {
            with_duties += 1;
        } else if regulation.plain_reason(&clause.number).is_some() {
            with_reason += 1;
        } else {
            headings += 1;
        }
    }
    let mut duties: Vec<(&str, usize)> = Vec::new();
    for duty in &regulation.obligations {
        let kind = model.obligations[*duty].duty.word();
        match duties.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => duties.push((kind, 1)),
        }
    }
    Coverage {
        points: counts.points,
        items: counts.items,
        subitems: counts.subitems,
        details: counts.details,
        total: with_duties + with_reason + headings,
        with_duties,
        with_reason,
        headings,
        duties: duties
            .into_iter()
            .map(|(kind, count)| KindCount { kind: here.word("duty", kind), count })
            .collect(),
        duty_total: regulation.obligations.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::law::{LawOptions, parse_law};
    use crate::source::FileId;

    fn letters(clauses: &[ClauseView]) -> String {
        let part = |part: &PartView| part.paragraphs.concat() + &letters(&part.clauses);
        let clause = |clause: &ClauseView| {
            clause.marker.clone() + &clause.parts.iter().map(part).collect::<String>()
        };
        clauses.iter().map(clause).collect()
    }

    #[test]
    fn holds_every_letter_of_the_text_in_order() {
        let source = "一、甲：\n（一）乙。\n  1.丙。\n  2.丁。\n（二）戊。\n二、己。\n";
        let (text, _) = parse_law(FileId(0), source, &LawOptions::default());
        let views: Vec<ClauseView> = text
            .clauses
            .iter()
            .map(|clause| clause_view(clause, Some("2026-01-01"), &|_| None))
            .collect();
        let bare: String = source.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(letters(&views), bare);
        assert_eq!(views[0].anchor, "v2026-01-01-p1");
        assert_eq!(views[0].parts[0].clauses[0].citation, "第一點第一款");
    }
}
