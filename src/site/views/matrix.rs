//! Agencies against regulations: how much is judged, and how much of it fails.

use serde::Serialize;

use super::checks::{CheckCountsView, counts};
use super::parts::{Link, PageCtx};
use crate::assess::{Check, Status};
use crate::model::Named;
use crate::site::route::Route;
use crate::text::number::Grouped;

/// Agencies as rows, regulations as columns.
#[derive(Debug, Serialize)]
pub struct Matrix {
    pub regulations: Vec<Link>,
    pub rows: Vec<MatrixRow>,
}

#[derive(Debug, Serialize)]
pub struct MatrixRow {
    pub agency: Link,
    /// One for each regulation; `None` where the agency has nothing under it.
    pub cells: Vec<Option<MatrixCell>>,
}

#[derive(Debug, Serialize)]
pub struct MatrixCell {
    /// To where the agency stands under the regulation, on its page.
    pub href: String,
    pub failing: usize,
    pub judged: usize,
    /// For those who hear the page.
    pub label: String,
    /// Of the rules that must hold at any time.
    pub checks: CheckCountsView,
}

/// The fragment of an agency's page where it stands under a regulation.
pub fn anchor(regulation: &str) -> String {
    format!("regulation-{regulation}")
}

/// Counts the site's occurrences.
pub fn matrix(here: &PageCtx) -> Matrix {
    let (model, words) = (&here.site.model, &here.site.words);
    let mut cells = vec![Tally::default(); model.agencies.len() * model.regulations.len()];
    for (_, occurrence) in here.site.assessment.iter() {
        let agency = model.scope_agency(occurrence.scope).index();
        let regulation = model.obligations[occurrence.obligation].regulation.index();
        cells[agency * model.regulations.len() + regulation].add(occurrence.status);
    }
    let mut checked: Vec<Vec<&Check>> = vec![Vec::new(); cells.len()];
    for check in &here.site.assessment.checks {
        let agency = model.scope_agency(check.record.scope(model)).index();
        let regulation = model.obligations[check.obligation].regulation.index();
        checked[agency * model.regulations.len() + regulation].push(check);
    }
    let cells: Vec<(Tally, CheckCountsView)> =
        cells.into_iter().zip(checked.into_iter().map(counts)).collect();
    let row = |id, agency: &crate::model::Agency, tallies: &[(Tally, CheckCountsView)]| {
        let cell = |((tally, checks), regulation): (&_, &crate::model::Regulation)| {
            let (tally, checks): (&Tally, &CheckCountsView) = (tally, checks);
            (tally.all + checks.all > 0).then(|| MatrixCell {
                checks: *checks,
                href: format!("{}#{}", here.href(Route::Agency(id)), anchor(regulation.slug())),
                failing: tally.failing,
                judged: tally.judged,
                label: words.say(
                    "home.cell",
                    &[
                        ("agency", &agency.short),
                        ("regulation", &regulation.short),
                        ("failing", &Grouped(tally.failing)),
                        ("judged", &Grouped(tally.judged)),
                    ],
                ),
            })
        };
        let regulations = model.regulations.iter().map(|(_, regulation)| regulation);
        MatrixRow {
            agency: here.link(Route::Agency(id), &agency.name),
            cells: tallies.iter().zip(regulations).map(cell).collect(),
        }
    };
    let width = model.regulations.len().max(1);
    Matrix {
        regulations: model.regulations.ids().map(|id| here.regulation(id)).collect(),
        rows: model
            .agencies
            .iter()
            .zip(cells.chunks(width))
            .map(|((id, agency), tallies)| row(id, agency, tallies))
            .collect(),
    }
}

/// How many of an agency's occurrences under a regulation are judged, and how many fail.
#[derive(Clone, Copy, Default)]
struct Tally {
    failing: usize,
    judged: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, status: Status) {
        self.all += 1;
        self.judged += usize::from(status.is_judged());
        self.failing += usize::from(status.is_failing());
    }
}
