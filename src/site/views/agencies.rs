//! The list of agencies, each with where it stands.

use serde::Serialize;

use super::View;
use super::checks::CheckCountsView;
use super::listing::{Listing, frame};
use super::parts::{Link, PageCtx, StatusCount};
use crate::model::{Agency, Id, Scope};
use crate::site::Site;
use crate::site::lists::{Item, Kind, List};
use crate::site::route::Route;

/// What `agencies.html` shows.
#[derive(Debug, Serialize)]
struct AgenciesView {
    list: Listing,
    /// To all units, and to all posts.
    others: Vec<Link>,
    agencies: Vec<AgencyRow>,
}

/// One agency and its occurrences.
#[derive(Debug, Serialize)]
struct AgencyRow {
    link: Link,
    supervisor: Option<String>,
    /// The first few.
    units: Vec<Link>,
    unit_count: usize,
    counts: Vec<StatusCount>,
    failing: usize,
    checks: CheckCountsView,
    open_findings: usize,
}

/// So many units of an agency stand in its row.
const UNITS: usize = 12;

/// Makes a page of the list of agencies.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let agencies = here.items(list, page).iter().filter_map(|item| match item {
        Item::Agency(id) => Some(row(&here, *id)),
        _ => None,
    });
    let others = [Kind::Units, Kind::Posts].map(List::all);
    let view = AgenciesView {
        list: here.listing(list, page),
        others: others.map(|one| here.link(one.page(1), here.list_title(one))).into(),
        agencies: agencies.collect(),
    };
    View::new("agencies.html", frame(site, list, page), view)
}

fn row(here: &PageCtx, id: Id<Agency>) -> AgencyRow {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let agency = &model.agencies[id];
    let ids = assessment.of_agency(id);
    let occurrences = || ids.iter().map(|id| assessment.occurrence(*id));
    let findings = agency.findings.iter();
    AgencyRow {
        link: here.link(Route::Agency(id), &agency.name),
        supervisor: agency.supervisor.clone(),
        units: agency.units.iter().take(UNITS).map(|unit| here.unit(*unit)).collect(),
        unit_count: agency.units.len(),
        counts: here.counts(occurrences()),
        failing: occurrences().filter(|occurrence| occurrence.status.is_failing()).count(),
        checks: here.counts_within(Scope::Agency(id)),
        open_findings: findings
            .filter(|id| model.findings[**id].is_open_on(assessment.as_of))
            .count(),
    }
}
