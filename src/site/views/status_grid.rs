//! The strip of a duty: of each scope, how it stood in each period, as a grid of small cells that
//! are links. One page shows so many scopes and periods; further parts have pages of their own, so
//! that every occurrence has its cell somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx, StatusCount, StatusView};
use super::{Frame, View};
use crate::assess::{Assessment, Occurrence, OccurrenceId, Status, Term};
use crate::model::{Duty, Id, Model, Obligation, Scope};
use crate::site::Site;
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::{Every, Period, roc_year};

/// Columns of one part.
const TERMS: usize = 24;
/// Rows of one part.
const SCOPES: usize = 60;

/// One part of a strip.
#[derive(Debug, Serialize)]
pub struct StatusGridView {
    /// Years over the columns; empty where each column is a year.
    years: Vec<YearHead>,
    terms: Vec<TermHead>,
    rows: Vec<StripRow>,
    /// For duties counted from the last time: the gaps of each scope, in place of columns.
    chains: Vec<Chain>,
    /// The statuses that occur here, with their counts.
    legend: Vec<StatusCount>,
    /// Occurrences of this part, and of the whole duty.
    shown: usize,
    total: usize,
    /// Every part, this one too; empty if it is the only one.
    parts: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct YearHead {
    year: String,
    columns: usize,
}

/// A column: short under its year, and in full.
#[derive(Debug, Serialize)]
struct TermHead {
    short: String,
    name: String,
    /// It begins after the as-of date.
    ahead: bool,
}

#[derive(Debug, Serialize)]
struct StripRow {
    scope: Link,
    /// One for each column; `None` where the scope was not under the duty.
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
    /// Older ones.
    left_out: usize,
}

#[derive(Debug, Serialize)]
struct Gap {
    #[serde(flatten)]
    cell: Cell,
    due: DateView,
}

#[derive(Debug, Serialize)]
struct Part {
    link: Link,
    current: bool,
}

/// What `periods.html` shows: a further part of a strip.
#[derive(Debug, Serialize)]
struct PeriodsView {
    duty: Link,
    strip: StatusGridView,
}

/// How a duty's occurrences are spread over parts.
struct Layout {
    /// By slug of the scope.
    scopes: Vec<Scope>,
    /// The newest first; empty for duties counted from the last time.
    terms: Vec<Period>,
    /// Columns of each part: the newest that began with one more, then older ones, then what comes.
    windows: Vec<Range<usize>>,
}

impl Layout {
    fn new(model: &Model, assessment: &Assessment, id: Id<Obligation>) -> Option<Self> {
        if !matches!(model.obligations[id].duty, Duty::Periodic(_) | Duty::Interval(_)) {
            return None;
        }
        let (mut scopes, mut periods) = (Vec::new(), BTreeSet::new());
        for (_, occurrence) in assessment.of_obligation(id) {
            if scopes.last() != Some(&occurrence.scope) {
                scopes.push(occurrence.scope);
            }
            if let Term::Period(period) = occurrence.term {
                periods.insert(period);
            }
        }
        let terms: Vec<Period> = periods.into_iter().rev().collect();
        let ahead = terms.iter().take_while(|term| term.first_day() > assessment.as_of).count();
        let from = ahead.saturating_sub(1);
        let ranges = |within: Range<usize>| {
            let end = within.end;
            within.step_by(TERMS).map(move |at| at..(at + TERMS).min(end))
        };
        let mut windows: Vec<Range<usize>> = ranges(from..terms.len()).collect();
        windows.extend(ranges(0..from));
        if windows.is_empty() {
            windows.push(0..0);
        }
        (!scopes.is_empty()).then_some(Self { scopes, terms, windows })
    }

    fn parts(&self) -> usize {
        self.scopes.len().div_ceil(SCOPES) * self.windows.len()
    }

    /// The rows and columns of a part.
    fn part(&self, part: usize) -> (&[Scope], &[Period]) {
        let first = part / self.windows.len() * SCOPES;
        let scopes = &self.scopes[first..(first + SCOPES).min(self.scopes.len())];
        (scopes, &self.terms[self.windows[part % self.windows.len()].clone()])
    }
}

/// How many parts the strip of a duty has: 1 or more.
pub fn status_grid_parts(model: &Model, assessment: &Assessment, id: Id<Obligation>) -> usize {
    Layout::new(model, assessment, id).map_or(1, |layout| layout.parts())
}

/// One part of the strip of a duty, from 0; `None` if the duty has no occurrence, or answers events.
pub fn status_grid(here: &PageCtx, id: Id<Obligation>, part: usize) -> Option<StatusGridView> {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let layout = Layout::new(model, assessment, id)?;
    let (scopes, terms) = layout.part(part);
    let wanted: BTreeSet<Scope> = scopes.iter().copied().collect();
    let mut of_scope: BTreeMap<Scope, Vec<(OccurrenceId, &Occurrence)>> = BTreeMap::new();
    let mut total = 0;
    for (id, occurrence) in assessment.of_obligation(id) {
        total += 1;
        if wanted.contains(&occurrence.scope) {
            of_scope.entry(occurrence.scope).or_default().push((id, occurrence));
        }
    }
    let mut shown: Vec<&Occurrence> = Vec::new();
    let (mut rows, mut chains) = (Vec::new(), Vec::new());
    for scope in scopes {
        let occurrences = &of_scope[scope];
        if layout.terms.is_empty() {
            chains.push(chain(here, *scope, occurrences, &mut shown));
        } else {
            rows.push(row(here, *scope, terms, occurrences, &mut shown));
        }
    }
    Some(StatusGridView {
        years: years(here, terms),
        terms: terms.iter().map(|term| head(here, *term)).collect(),
        rows,
        chains,
        legend: here.counts(shown.iter().copied()),
        shown: shown.len(),
        total,
        parts: parts(here, id, &layout, part),
    })
}

/// Makes the page of a further part of a strip.
pub fn view(site: &Site, id: Id<Obligation>, part: usize) -> View {
    let route = Route::Periods(id, part);
    let here = PageCtx::new(site, route);
    let obligation = &site.model.obligations[id];
    let view = PeriodsView {
        duty: here.obligation(id),
        strip: status_grid(&here, id, part).expect("a further part has a strip"),
    };
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("duty", &obligation.title), ("part", &(part + 1))];
    let title = site.words.say("strip.page", values);
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.regulation(obligation.regulation),
        here.obligation(id),
    ];
    View::new("periods.html", Frame::new(site, route, &title, above), view)
}

fn cell(here: &PageCtx, id: OccurrenceId, status: Status) -> Cell {
    Cell { href: here.href(Route::Occurrence(id)), status: here.status(status) }
}

fn row<'a>(
    here: &PageCtx,
    scope: Scope,
    terms: &[Period],
    occurrences: &[(OccurrenceId, &'a Occurrence)],
    shown: &mut Vec<&'a Occurrence>,
) -> StripRow {
    let mut cells: Vec<Option<Cell>> = terms.iter().map(|_| None).collect();
    for (id, occurrence) in occurrences {
        let at = terms.iter().position(|term| occurrence.term == Term::Period(*term));
        if let Some(at) = at {
            cells[at] = Some(cell(here, *id, occurrence.status));
            shown.push(occurrence);
        }
    }
    StripRow { scope: here.scope(scope), cells }
}

fn chain<'a>(
    here: &PageCtx,
    scope: Scope,
    occurrences: &[(OccurrenceId, &'a Occurrence)],
    shown: &mut Vec<&'a Occurrence>,
) -> Chain {
    let newest = occurrences.iter().rev().take(TERMS);
    shown.extend(newest.clone().map(|(_, gap)| *gap));
    Chain {
        scope: here.scope(scope),
        gaps: newest
            .map(|(id, gap)| Gap { cell: cell(here, *id, gap.status), due: DateView::new(gap.due) })
            .collect(),
        left_out: occurrences.len().saturating_sub(TERMS),
    }
}

fn years(here: &PageCtx, terms: &[Period]) -> Vec<YearHead> {
    if terms.first().is_none_or(|term| term.every() == Every::Year) {
        return Vec::new();
    }
    let head = |terms: &[Period]| YearHead {
        year: here.site.words.say("period.year", &[("year", &roc_year(terms[0].year()))]),
        columns: terms.len(),
    };
    terms.chunk_by(|a, b| a.year() == b.year()).map(head).collect()
}

fn head(here: &PageCtx, term: Period) -> TermHead {
    let words = &here.site.words;
    let word = match (term.every(), term.index()) {
        (Every::HalfYear, 1) => "first-half",
        (Every::HalfYear, _) => "second-half",
        (every, _) => every.as_str(),
    };
    let day = term.first_day();
    let date = day.format("%-m/%-d");
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("index", &term.index()), ("year", &roc_year(term.year())), ("date", &date)];
    TermHead {
        short: words.say(&format!("strip_term.{word}"), values),
        name: sentence::period(words, term),
        ahead: term.first_day() > here.site.assessment.as_of,
    }
}

/// Links to every part, named by their periods and scopes.
fn parts(here: &PageCtx, id: Id<Obligation>, layout: &Layout, current: usize) -> Vec<Part> {
    if layout.parts() == 1 {
        return Vec::new();
    }
    let words = &here.site.words;
    let name = |part: usize| {
        let (scopes, terms) = layout.part(part);
        let mut name = Vec::new();
        if let (Some(last), Some(first)) = (terms.first(), terms.last()) {
            let [first, last] = [first, last].map(|term| sentence::period(words, *term));
            name.push(words.say("strip.terms", &[("first", &first), ("last", &last)]));
        }
        if layout.scopes.len() > SCOPES {
            let from = part / layout.windows.len() * SCOPES + 1;
            let until = from + scopes.len() - 1;
            name.push(words.say("strip.scopes", &[("from", &from), ("until", &until)]));
        }
        name.join(words.get("list.join"))
    };
    let route = |part| if part == 0 { Route::Obligation(id) } else { Route::Periods(id, part) };
    (0..layout.parts())
        .map(|part| Part { link: here.link(route(part), name(part)), current: part == current })
        .collect()
}
