//! A duty: its rule in words, the clauses it stands in, and every occurrence of it, as a grid of
//! scopes and terms and as a list.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checks::{CheckCounts, CheckRow, counts};
use super::conduct::{CandidatesView, ConductView, candidates, conduct};
use super::listing::Shown;
use super::parts::{DateView, Here, Link, StatusCount, StatusView};
use super::quote::{Wording, wording};
use super::rule::{RuleView, rule};
use super::suspect::{Suspect, suspect};
use super::{Frame, View};
use crate::assess::{Occurrence, OccurrenceId, Status, Term, Verdict};
use crate::model::{Duty, Id, Obligation, Scope};
use crate::site::Site;
use crate::site::lists::{BESIDE, Filter, Kind, List};
use crate::site::route::Route;
use crate::time::Period;

/// What `obligation.html` shows.
#[derive(Debug, Serialize)]
struct ObligationView {
    /// `REGULATION/OBLIGATION`, the permanent id.
    id: String,
    title: String,
    summary: Option<String>,
    note: Option<String>,
    /// The page that says how it is done.
    page: Option<Link>,
    regulation: Link,
    rule: RuleView,
    wording: Wording,
    /// The text in force is not the one the rule was written for.
    suspect: Option<Suspect>,
    /// Why there are no occurrences, if its kind has none.
    not_evaluated: Option<NotEvaluated>,
    counts: Vec<StatusCount>,
    /// For rules that must hold at any time: how many records meet it, and which do not.
    check_counts: Option<CheckCounts>,
    checks: Vec<CheckRow>,
    checks_shown: Option<Shown>,
    /// For standing rules.
    conduct: Option<ConductView>,
    /// For permissions.
    candidates: Option<CandidatesView>,
    /// For duties of calendar periods.
    grid: Option<Grid>,
    /// For duties counted from the last time: the gaps of each scope.
    chains: Vec<Chain>,
    chains_shown: Option<Shown>,
    /// Every occurrence, by scope, the newest first.
    rows: Vec<Row>,
    rows_shown: Option<Shown>,
    as_of: DateView,
}

/// What is said in place of occurrences.
#[derive(Debug, Serialize)]
struct NotEvaluated {
    text: String,
    link: Option<Link>,
}

/// Scopes as rows, terms as columns.
#[derive(Debug, Serialize)]
struct Grid {
    terms: Vec<String>,
    /// How many older terms stand only in the list.
    older: usize,
    rows: Vec<GridRow>,
    shown: Option<Shown>,
}

#[derive(Debug, Serialize)]
struct GridRow {
    scope: Link,
    /// One for each term; `None` where the scope was not under the duty.
    cells: Vec<Option<Cell>>,
}

#[derive(Debug, Serialize)]
struct Cell {
    href: String,
    status: StatusView,
}

#[derive(Debug, Serialize)]
struct Chain {
    scope: Link,
    /// The newest first.
    gaps: Vec<Gap>,
    /// How many older ones stand only in the list.
    older: usize,
}

#[derive(Debug, Serialize)]
struct Gap {
    link: Link,
    status: StatusView,
    due: DateView,
}

/// An occurrence in the list.
#[derive(Debug, Serialize)]
struct Row {
    scope: Link,
    term: Link,
    status: StatusView,
    opens: DateView,
    due: DateView,
    done_on: Option<DateView>,
}

/// Columns of the grid.
const TERMS: usize = 13;
/// Rows of the grid, and of the chains.
const SCOPES: usize = 100;
/// Gaps of one scope.
const GAPS: usize = 12;

/// Makes the page of a duty.
pub fn view(site: &Site, id: Id<Obligation>) -> View {
    let route = Route::Obligation(id);
    let here = Here::new(site, route);
    let obligation = &site.model.obligations[id];
    let mut rows: Vec<(OccurrenceId, &Occurrence)> = site.assessment.of_obligation(id).collect();
    let grid = matches!(obligation.duty, Duty::Periodic(_)).then(|| grid(&here, id, &rows));
    // They come by scope and time; the list has the newest first within each scope.
    rows.reverse();
    rows.sort_by_key(|(_, occurrence)| occurrence.scope);
    let chains = if matches!(obligation.duty, Duty::Interval(_)) {
        chains(&here, &rows)
    } else {
        Vec::new()
    };
    let all = List::of(Kind::Occurrences, Filter::Obligation(id));
    let total = rows.len();
    let counted = here.counts(rows.iter().map(|(_, occurrence)| *occurrence));
    if total > BESIDE {
        rows.sort_by_key(|(id, occurrence)| (occurrence.status, occurrence.due, *id));
        rows.truncate(BESIDE);
    }
    let failing = || {
        let checks = site.assessment.checks_of_rule(id);
        checks.filter(|check| check.verdict != Verdict::Holds)
    };
    let checks: Vec<CheckRow> = failing().take(BESIDE).map(|check| here.check_row(check)).collect();
    let failing_checks = List::of(Kind::Checks, Filter::Obligation(id));
    let view = ObligationView {
        id: site.model.obligation_path(id),
        title: obligation.title.clone(),
        summary: obligation.summary.clone(),
        note: obligation.note.clone(),
        page: obligation.page.map(|id| here.link(Route::Page(id), &site.model.guidance[id].title)),
        regulation: here.regulation(obligation.regulation),
        rule: rule(&here, id),
        wording: wording(&here, id, site.assessment.as_of),
        suspect: suspect(&here, id, site.assessment.as_of),
        not_evaluated: not_evaluated(&here, &obligation.duty),
        check_counts: is_computed(&obligation.duty)
            .then(|| counts(site.assessment.checks_of_rule(id))),
        checks_shown: here.shown(checks.len(), failing().count(), failing_checks),
        checks,
        conduct: conduct(&here, id),
        candidates: candidates(&here, id),
        counts: counted,
        grid: grid.filter(|grid| !grid.rows.is_empty()),
        chains_shown: here.shown(chains.len().min(SCOPES), chains.len(), all),
        chains: chains.into_iter().take(SCOPES).collect(),
        rows: rows.iter().map(|(id, occurrence)| row(&here, *id, occurrence)).collect(),
        rows_shown: here.shown(rows.len(), total, all),
        as_of: DateView::new(site.assessment.as_of),
    };
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.regulation(obligation.regulation),
    ];
    View::new("obligation.html", Frame::new(site, route, &obligation.title, above), view)
}

fn row(here: &Here, id: OccurrenceId, occurrence: &Occurrence) -> Row {
    Row {
        scope: here.scope(occurrence.scope),
        term: here.link(Route::Occurrence(id), here.term(occurrence.term)),
        status: here.status(occurrence.status),
        opens: DateView::new(occurrence.opens),
        due: DateView::new(occurrence.due),
        done_on: occurrence.done_on.map(DateView::new),
    }
}

/// Whether it is a rule that must hold at any time, and says enough to be computed.
fn is_computed(duty: &Duty) -> bool {
    matches!(duty, Duty::Invariant(rule) if rule.is_computed())
}

fn not_evaluated(here: &Here, duty: &Duty) -> Option<NotEvaluated> {
    let link = match duty {
        Duty::Periodic(_) | Duty::Interval(_) | Duty::Event(_) | Duty::Conduct => {
            return None;
        }
        Duty::Permission { candidates: Some(_), .. } => return None,
        Duty::Invariant(_) if is_computed(duty) => return None,
        Duty::Retention(_) => {
            Some(here.link(Route::Retention, here.site.words.get("menu.retention")))
        }
        _ => None,
    };
    Some(NotEvaluated { text: here.word("not_evaluated", duty.word()), link })
}

/// The terms that began by the as-of date, the newest ones and the next to come, with a row for
/// each scope that has any occurrence.
fn grid(here: &Here, id: Id<Obligation>, occurrences: &[(OccurrenceId, &Occurrence)]) -> Grid {
    let as_of = here.site.assessment.as_of;
    let mut terms: BTreeMap<Period, bool> = BTreeMap::new();
    let mut scopes: BTreeMap<Scope, BTreeMap<Period, OccurrenceId>> = BTreeMap::new();
    let mut worst: BTreeMap<Scope, Status> = BTreeMap::new();
    for (id, occurrence) in occurrences {
        let Term::Period(period) = occurrence.term else { continue };
        *terms.entry(period).or_default() |= period.first_day() <= as_of;
        scopes.entry(occurrence.scope).or_default().insert(period, *id);
        let worst = worst.entry(occurrence.scope).or_insert(occurrence.status);
        *worst = (*worst).min(occurrence.status);
    }
    let begun = terms.values().filter(|begun| **begun).count();
    // One column beyond the last term that began: what comes next.
    let until = (begun + 1).min(terms.len());
    let from = until.saturating_sub(TERMS);
    let shown: Vec<Period> = terms.into_keys().skip(from).take(until - from).collect();
    // Where not all scopes fit, those that fail come first.
    let mut scopes: Vec<(Scope, BTreeMap<Period, OccurrenceId>)> = scopes.into_iter().collect();
    if scopes.len() > SCOPES {
        scopes.sort_by_key(|(scope, _)| worst[scope]);
    }
    let cell = |id: &OccurrenceId| Cell {
        href: here.href(Route::Occurrence(*id)),
        status: here.status(here.site.assessment.occurrence(*id).status),
    };
    Grid {
        terms: shown.iter().map(|period| here.term(Term::Period(*period))).collect(),
        older: from,
        shown: here.shown(
            scopes.len().min(SCOPES),
            scopes.len(),
            List::of(Kind::Occurrences, Filter::Obligation(id)),
        ),
        rows: scopes
            .into_iter()
            .take(SCOPES)
            .map(|(scope, cells)| GridRow {
                scope: here.scope(scope),
                cells: shown.iter().map(|period| cells.get(period).map(cell)).collect(),
            })
            .collect(),
    }
}

/// The gaps of each scope; `occurrences` come by scope, the newest first.
fn chains(here: &Here, occurrences: &[(OccurrenceId, &Occurrence)]) -> Vec<Chain> {
    occurrences
        .chunk_by(|(_, a), (_, b)| a.scope == b.scope)
        .map(|gaps| Chain {
            scope: here.scope(gaps[0].1.scope),
            gaps: gaps
                .iter()
                .take(GAPS)
                .map(|(id, gap)| Gap {
                    link: here.link(Route::Occurrence(*id), here.term(gap.term)),
                    status: here.status(gap.status),
                    due: DateView::new(gap.due),
                })
                .collect(),
            older: gaps.len().saturating_sub(GAPS),
        })
        .collect()
}
