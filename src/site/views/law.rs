//! The text of a regulation as a tree of clauses, each with what it carries: its duties and how
//! they stand, or why it carries none. Markers and paragraphs are the letters of the law; all
//! else is annotation, kept in fields of its own so that templates can mark it as such.

use std::collections::HashMap;

use serde::Serialize;

use super::checks::CheckCountsView;
use super::cite::{Citer, LaterView, ParagraphView};
use super::cited_by::cited_by;
use super::parts::{Link, PageCtx, StatusCount};
use super::rule::days_in_words;
use super::suspect::suspect;
use super::tested::{StripView, strip};
use crate::assess::Status;
use crate::facts::coverage::TextCoverage;
use crate::law::{Block, ClauseNumber, LawClause, Level, Table};
use crate::model::{Duty, Id, Obligation, Regulation, Version};
use crate::site::route::Route;

/// A clause as the page shows it.
#[derive(Debug, Serialize)]
pub struct ClauseView {
    /// `p7-1-1`, the fragment of its permanent address.
    pub anchor: String,
    /// 「第七點第一款第一目」.
    pub citation: String,
    /// As papers cite it, with the regulation's name and the day of the version.
    pub cited: String,
    /// It is a 條, a 項 that is a clause of its own, or a part (壹) under which points begin anew;
    /// empty for all others.
    pub kind: &'static str,
    /// The number as written.
    pub marker: String,
    /// Paragraphs with the clauses that follow them, in the order of the text; never empty.
    pub parts: Vec<PartView>,
    /// The version's source does not state it: the words are those of the version before.
    pub carried_over: bool,
    /// It comes into force on a later day than the rest.
    pub later: Option<LaterView>,
    /// Clauses of the site's other regulations that send to it.
    pub cited_by: Vec<Link>,
    /// `None` in versions that nothing is said about.
    pub carries: Option<Carries>,
}

/// Paragraphs of a clause, and the clauses within it that follow them.
#[derive(Debug, Default, Serialize)]
pub struct PartView {
    pub paragraphs: Vec<ParagraphView>,
    /// A table behind the paragraphs.
    pub table: Option<TableView>,
    pub clauses: Vec<ClauseView>,
}

/// A table of the text.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// The first row, if a rule stands below it.
    pub head: Option<Vec<String>>,
    pub rows: Vec<Vec<String>>,
}

impl TableView {
    /// The cells, as the text has them.
    pub fn new(table: &Table) -> Self {
        let mut rows = table.rows.iter().cloned();
        let head = if table.has_head { rows.next() } else { None };
        Self { head, rows: rows.collect() }
    }
}

/// What a clause carries.
#[derive(Debug, Serialize)]
pub struct Carries {
    pub duties: Vec<DutyView>,
    /// The clause above that carries the same duties, where they are shown.
    pub repeats: Option<Link>,
    /// Why it carries no duty, in a word.
    pub reason: Option<String>,
    pub note: Option<String>,
    /// The clause above that says so for this one too.
    pub inherited: Option<Link>,
    /// Its duties stand in the clauses within it.
    pub within: bool,
    /// What the tests exercise of its duties; `None` where nothing can be tested.
    pub tested: Option<StripView>,
}

/// A duty beside its clause.
#[derive(Clone, Debug, Serialize)]
pub struct DutyView {
    pub link: Link,
    pub kind: String,
    /// To the page that says how it is done.
    pub how: Option<String>,
    /// The days on which it is law, in words, if its author bounds them.
    pub days: Option<String>,
    /// The clauses do not say what it was written for.
    pub suspect: bool,
    /// How many of its occurrences somebody should look at.
    pub counts: Vec<StatusCount>,
    /// How many occurrences there are; 0 for duties that are not evaluated.
    pub total: usize,
    /// How the records stand to it, of rules that must hold at any time.
    pub checks: Option<CheckCountsView>,
    /// It is such a rule, but the records do not say enough to tell.
    pub is_unchecked: bool,
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

/// The clauses of the version the regulation's page shows, with what they carry.
pub fn clauses(here: &PageCtx, id: Id<Regulation>, version: &Version) -> Vec<ClauseView> {
    let duties = duties(here, id);
    let carries = |clause: &LawClause| Some(carried(here, (id, version), &duties, clause));
    let mut cited = cited_by(here, id);
    let mut clauses = points(here, id, version, &carries);
    for (view, clause) in clauses.iter_mut().zip(&version.text.clauses) {
        view.cited_by = cited.remove(&clause.number).unwrap_or_default();
    }
    clauses
}

/// The clauses of a version of which nothing is said.
pub fn plain_clauses(here: &PageCtx, id: Id<Regulation>, version: &Version) -> Vec<ClauseView> {
    points(here, id, version, &|_| None)
}

fn points(
    here: &PageCtx,
    id: Id<Regulation>,
    version: &Version,
    carries: &dyn Fn(&LawClause) -> Option<Carries>,
) -> Vec<ClauseView> {
    let citer = Citer::new(here, id, version);
    let view = |point: &LawClause| ClauseView {
        carried_over: version.carried_over.contains(&point.number),
        ..clause_view(point, &citer, carries)
    };
    version.text.clauses.iter().map(view).collect()
}

fn clause_view(
    clause: &LawClause,
    citer: &Citer,
    carries: &dyn Fn(&LawClause) -> Option<Carries>,
) -> ClauseView {
    let mut parts = vec![PartView::default()];
    let mut paragraphs = citer.paragraphs(clause).into_iter();
    for block in &clause.blocks {
        let last = parts.last_mut().expect("there is a first part");
        match block {
            Block::Paragraph(_) => {
                let paragraph = paragraphs.next().expect("one for each");
                if last.clauses.is_empty() && last.table.is_none() {
                    last.paragraphs.push(paragraph);
                } else {
                    parts.push(PartView { paragraphs: vec![paragraph], ..PartView::default() });
                }
            }
            Block::Table(table) => {
                let table = Some(TableView::new(table));
                if last.clauses.is_empty() && last.table.is_none() {
                    last.table = table;
                } else {
                    parts.push(PartView { table, ..PartView::default() });
                }
            }
            Block::Clause(inner) => last.clauses.push(clause_view(inner, citer, carries)),
        }
    }
    let mut view = ClauseView {
        anchor: clause.number.anchor(),
        citation: clause.number.citation(),
        cited: citer.cited(&clause.number),
        kind: kind(clause.number.level()),
        marker: clause.marker.clone(),
        parts,
        carried_over: false,
        later: citer.later(clause),
        cited_by: Vec::new(),
        carries: carries(clause),
    };
    if view.kind == "article" {
        give_to_first(&mut view);
    }
    view
}

fn kind(level: Level) -> &'static str {
    match level {
        Level::Article => "article",
        Level::Paragraph => "paragraph",
        Level::Division => "division",
        _ => "",
    }
}

/// A 條 has no words of its own beside its 項: what it carries stands beside the first of them,
/// unless that carries something of its own.
fn give_to_first(article: &mut ClauseView) {
    let Some(first) = article.parts.iter_mut().flat_map(|part| &mut part.clauses).next() else {
        return;
    };
    let (Some(own), Some(of_first)) = (&article.carries, &first.carries) else { return };
    let says_more = |carries: &Carries| carries.repeats.is_none() && carries.inherited.is_none();
    if own.within {
        article.carries = None;
    } else if !says_more(of_first) {
        first.carries = article.carries.take();
    }
}

/// The statuses that stand beside a clause; all of them stand on the page of the duty.
const LOOKED_AT: [Status; 4] =
    [Status::Overdue, Status::Deficient, Status::Unknown, Status::DueSoon];

/// Every duty of a regulation as its clauses show it; a duty may stand in several.
type Duties = HashMap<Id<Obligation>, DutyView>;

fn duties(here: &PageCtx, id: Id<Regulation>) -> Duties {
    let model = &here.site.model;
    let list = model.regulations[id].obligations.iter();
    list.map(|duty| {
        let all = || here.site.assessment.of_obligation(*duty).map(|(_, occurrence)| occurrence);
        let kind = model.obligations[*duty].duty.as_str();
        let view = DutyView {
            link: here.obligation(*duty),
            kind: here.word("duty", kind),
            how: model.obligations[*duty].page.map(|page| here.href(Route::Page(page))),
            days: days_in_words(here, model.obligations[*duty].days),
            suspect: suspect(here, *duty, here.site.assessment.as_of).is_some(),
            counts: here.counts(all().filter(|occurrence| LOOKED_AT.contains(&occurrence.status))),
            total: all().count(),
            checks: here.check_counts(*duty),
            is_unchecked: matches!(&model.obligations[*duty].duty, Duty::Invariant(rule) if !rule.is_computed()),
        };
        (*duty, view)
    })
    .collect()
}

fn carried(
    here: &PageCtx,
    (id, version): (Id<Regulation>, &Version),
    duties: &Duties,
    clause: &LawClause,
) -> Carries {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let duties_of = |number: &ClauseNumber| regulation.duties_of(model, version, number);
    let own = duties_of(&clause.number);
    let plain = regulation.plain_reason(version, &clause.number);
    let inherited = plain.filter(|plain| plain.clause != clause.number);
    let same = |above: &ClauseNumber| {
        let above = duties_of(above);
        !own.is_empty() && own.iter().all(|duty| above.contains(duty))
    };
    // From the clause itself up to the first that carries them.
    let above = std::iter::successors(clause.number.parent(), ClauseNumber::parent);
    let repeats = above.take_while(same).last();
    Carries {
        repeats: repeats.map(|number| here.clause(id, &number)),
        duties: own.iter().map(|duty| duties[duty].clone()).collect(),
        reason: plain.map(|plain| here.word("plain_reason", &plain.reason)),
        note: plain.filter(|_| inherited.is_none()).and_then(|plain| plain.note.clone()),
        inherited: inherited.map(|plain| here.clause(id, &plain.clause)),
        tested: strip(here, &own),
        within: plain.is_none() && own.is_empty() && clause.children().next().is_some(),
    }
}

/// How much of the text is accounted for, and how.
pub fn coverage(here: &PageCtx, id: Id<Regulation>, version: &Version) -> Coverage {
    let model = &here.site.model;
    let text = &version.text;
    let regulation = &model.regulations[id];
    let counts = text.counts();
    let covered = TextCoverage::of(model, id, version);
    let mut duties: Vec<(&str, usize)> = Vec::new();
    for duty in &regulation.obligations {
        let kind = model.obligations[*duty].duty.as_str();
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
        total: covered.total(),
        with_duties: covered.with_duties,
        with_reason: covered.with_reason,
        headings: covered.headings,
        duties: duties
            .into_iter()
            .map(|(kind, count)| KindCount { kind: here.word("duty", kind), count })
            .collect(),
        duty_total: regulation.obligations.len(),
    }
}
