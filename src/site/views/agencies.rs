//! The list of agencies, each with where it stands.

use serde::Serialize;

use super::laid_on::is_failing;
use super::parts::{Here, Link, StatusCount};
use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// What `agencies.html` shows.
#[derive(Debug, Serialize)]
struct AgenciesView {
    agencies: Vec<AgencyRow>,
}

/// One agency and its occurrences.
#[derive(Debug, Serialize)]
struct AgencyRow {
    link: Link,
    supervisor: Option<String>,
    units: Vec<Link>,
    counts: Vec<StatusCount>,
    failing: usize,
    open_findings: usize,
}

/// Makes the list of agencies.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Agencies);
    let (model, assessment) = (&site.model, &site.assessment);
    let row = |id| {
        let agency = &model.agencies[id];
        let ids = assessment.of_agency(id);
        let occurrences = || ids.iter().map(|id| assessment.occurrence(*id));
        let findings = agency.findings.iter();
        AgencyRow {
            link: here.link(Route::Agency(id), &agency.name),
            supervisor: agency.supervisor.clone(),
            units: agency.units.iter().map(|unit| here.unit(*unit)).collect(),
            counts: here.counts(occurrences()),
            failing: occurrences().filter(|occurrence| is_failing(occurrence.status)).count(),
            open_findings: findings
                .filter(|id| model.findings[**id].is_open_on(assessment.as_of))
                .count(),
        }
    };
    let view = AgenciesView { agencies: model.agencies.ids().map(row).collect() };
    let title = here.word("agencies", "title");
    View::new("agencies.html", Frame::new(site, Route::Agencies, &title, Vec::new()), view)
}
