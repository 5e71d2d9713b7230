//! The list of regulations, with what each asks and how it stands.

use serde::Serialize;

use super::checks::{CheckCountsView, counts};
use super::parts::{DateView, Link, PageCtx, StatusCount};
use super::{Frame, View};
use crate::site::Site;
use crate::site::lists::{Filter, Kind, List};
use crate::site::route::Route;

/// What `regulations.html` shows.
#[derive(Debug, Serialize)]
struct RegulationsView {
    rows: Vec<RegulationRow>,
    coverage: Link,
    tests: Link,
}

#[derive(Debug, Serialize)]
struct RegulationRow {
    link: Link,
    short: String,
    authority: Option<String>,
    amended: Option<DateView>,
    in_force: Option<DateView>,
    /// How many 點 the text has.
    points: usize,
    duties: usize,
    counts: Vec<StatusCount>,
    checks: CheckCountsView,
    /// To those that do not hold, where they have a list.
    failing_checks: Option<String>,
}

/// Makes the list of regulations.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Regulations);
    let rows = site
        .model
        .regulations
        .iter()
        .map(|(id, regulation)| {
            let version = regulation.shown(site.assessment.as_of);
            let occurrences = regulation
                .obligations
                .iter()
                .flat_map(|duty| site.assessment.of_obligation(*duty))
                .map(|(_, occurrence)| occurrence);
            let duties = regulation.obligations.iter();
            let failing = List::of(Kind::Checks, Filter::Regulation(id));
            RegulationRow {
                checks: counts(duties.flat_map(|duty| site.assessment.checks_of_rule(*duty))),
                failing_checks: site.lists.has(failing).then(|| here.href(failing.page(1))),
                link: here.link(Route::Regulation(id), &regulation.name),
                short: regulation.short.clone(),
                authority: regulation.authority.clone(),
                amended: version.amended.map(DateView::new),
                in_force: version.in_force.map(DateView::new),
                points: version.text.counts().points,
                duties: regulation.obligations.len(),
                counts: here.counts(occurrences),
            }
        })
        .collect();
    let coverage = here.link(Route::Coverage, site.words.get("coverage.title"));
    let tests = here.link(Route::Tests, site.words.get("tested.title"));
    let title = site.words.get("regulations.title");
    let frame = Frame::new(site, Route::Regulations, title, Vec::new());
    View::new("regulations.html", frame, RegulationsView { rows, coverage, tests })
}
