//! A duty: its rule in words, the clauses it stands in, and every occurrence of it, as a grid of
//! scopes and terms and as a list.

use std::cmp::Reverse;

use serde::Serialize;

use super::accepted::{AcceptedRow, accepted};
use super::checks::{CheckCountsView, CheckRow};
use super::conduct::{CandidatesView, ConductView, candidates, conduct};
use super::examples::{ExamplesView, examples};
use super::listing::Truncation;
use super::parts::{DateView, DueOn, Link, PageCtx, StatusCount, StatusView};
use super::quote::{Wording, wording};
use super::readings;
use super::retention::{KeptRow, single};
use super::rule::{RuleView, rule};
use super::status_grid::{StatusGridView, status_grid};
use super::suspect::{Suspect, suspect};
use super::tested::{TestedView, tested};
use super::{Frame, View};
use crate::assess::{CheckVerdict, Occurrence, OccurrenceId};
use crate::facts::ranking::relevance;
use crate::model::{Duty, Id, Obligation};
use crate::site::Site;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::route::Route;

/// What `obligation.html` shows.
#[derive(Debug, Serialize)]
struct ObligationView {
    /// `REGULATION/OBLIGATION`, the permanent id.
    id: String,
    title: String,
    summary: Option<String>,
    note: Option<String>,
    /// Questions of the text that it hangs on.
    readings: Vec<Link>,
    /// The page that says how it is done.
    page: Option<Link>,
    regulation: Link,
    rule: RuleView,
    /// What the tests exercise of the rule; `None` where nothing can be tested.
    tested: Option<TestedView>,
    wording: Wording,
    /// The tests beside the rule.
    examples: Option<ExamplesView>,
    /// What a lint finds in the rule, and its author means so.
    accepted: Vec<AcceptedRow>,
    /// The text in force is not the one the rule was written for.
    suspect: Option<Suspect>,
    /// Why there are no occurrences, if its kind has none.
    not_evaluated: Option<NotEvaluated>,
    /// For rules of keeping: what was destroyed against this one.
    destroyed: Option<Vec<KeptRow>>,
    counts: Vec<StatusCount>,
    /// For rules that must hold at any time: how many records meet it, and which do not.
    check_counts: Option<CheckCountsView>,
    checks: Vec<CheckRow>,
    checks_shown: Option<Truncation>,
    /// For standing rules.
    conduct: Option<ConductView>,
    /// For permissions.
    candidates: Option<CandidatesView>,
    /// For duties of calendar periods, and those counted from the last time: the newest part.
    strip: Option<StatusGridView>,
    /// The terms are events.
    by_event: bool,
    /// Every occurrence, by scope, the newest first; of events the newest first.
    rows: Vec<Row>,
    rows_shown: Option<Truncation>,
    as_of: DateView,
}

/// What is said in place of occurrences.
#[derive(Debug, Serialize)]
struct NotEvaluated {
    text: String,
    link: Option<Link>,
}

/// An occurrence in the list.
#[derive(Debug, Serialize)]
struct Row {
    scope: Link,
    term: Link,
    status: StatusView,
    opens: DateView,
    due: DueOn,
    done_on: Option<DateView>,
    not_done: String,
}

/// Makes the page of a duty.
pub fn view(site: &Site, id: Id<Obligation>) -> View {
    let route = Route::Obligation(id);
    let here = PageCtx::new(site, route);
    let obligation = &site.model.obligations[id];
    let mut rows: Vec<(OccurrenceId, &Occurrence)> = site.assessment.of_obligation(id).collect();
    // They come by scope and time; the list has the newest first within each scope, and where events
    // set the clock, the newest event first.
    rows.reverse();
    match obligation.duty {
        Duty::Event(_) => {
            rows.sort_by_key(|(_, one)| (Reverse(one.judged_on(&site.model)), one.scope))
        }
        _ => rows.sort_by_key(|(_, occurrence)| occurrence.scope),
    }
    let all = List::of(Kind::Occurrences, Filter::Obligation(id));
    let total = rows.len();
    let counted = here.counts(rows.iter().map(|(_, occurrence)| *occurrence));
    if total > INLINE_ROWS_MAX {
        rows.sort_by_key(|(id, occurrence)| (relevance(occurrence, site.assessment.as_of), *id));
        rows.truncate(INLINE_ROWS_MAX);
    }
    let failing = || {
        let checks = site.assessment.checks_of_rule(id);
        checks.filter(|check| check.verdict != CheckVerdict::Holds)
    };
    let checks: Vec<CheckRow> =
        failing().take(INLINE_ROWS_MAX).map(|check| here.check_row(check)).collect();
    let failing_checks = List::of(Kind::Checks, Filter::Obligation(id));
    let view = ObligationView {
        id: site.model.obligation_path(id),
        title: obligation.title.clone(),
        summary: obligation.summary.clone(),
        note: obligation.note.clone(),
        readings: readings::of_duty(&here, id),
        page: obligation.page.map(|id| here.link(Route::Page(id), &site.model.guidance[id].title)),
        regulation: here.regulation(obligation.regulation),
        rule: rule(&here, id),
        tested: tested(&here, id),
        examples: examples(&here, id),
        accepted: accepted(&here, id),
        wording: wording(&here, id, site.assessment.as_of),
        suspect: suspect(&here, id, site.assessment.as_of),
        not_evaluated: not_evaluated(&here, &obligation.duty),
        destroyed: matches!(obligation.duty, Duty::Retention(_)).then(|| destroyed(&here, id)),
        check_counts: here.check_counts(id),
        checks_shown: here.shown(checks.len(), failing().count(), failing_checks),
        checks,
        conduct: conduct(&here, id),
        candidates: candidates(&here, id),
        counts: counted,
        strip: status_grid(&here, id, 0),
        by_event: matches!(obligation.duty, Duty::Event(_)),
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

fn row(here: &PageCtx, id: OccurrenceId, occurrence: &Occurrence) -> Row {
    Row {
        scope: here.scope(occurrence.scope),
        term: here.link(Route::Occurrence(id), here.term(occurrence.term)),
        status: here.status(occurrence.status),
        opens: DateView::new(occurrence.opens),
        due: here.due_of(occurrence),
        done_on: occurrence.done_on.map(|day| DateView::timed(day, occurrence.done_at)),
        not_done: here.not_done(occurrence),
    }
}

/// The records destroyed against a rule of keeping.
fn destroyed(here: &PageCtx, id: Id<Obligation>) -> Vec<KeptRow> {
    let assessment = &here.site.assessment;
    let own = here.site.facts.breaches.iter().filter(|breach| breach.obligation == id);
    own.map(|breach| single(here, &assessment.retention[breach.at])).collect()
}

fn not_evaluated(here: &PageCtx, duty: &Duty) -> Option<NotEvaluated> {
    let link = match duty {
        Duty::Periodic(_) | Duty::Interval(_) | Duty::Event(_) | Duty::Conduct => {
            return None;
        }
        Duty::Permission { candidates: Some(_), .. } => return None,
        Duty::Invariant(rule) if rule.is_computed() => return None,
        Duty::Retention(_) => {
            Some(here.link(Route::Retention, here.site.words.get("menu.retention")))
        }
        _ => None,
    };
    Some(NotEvaluated { text: here.word("not_evaluated", duty.as_str()), link })
}
