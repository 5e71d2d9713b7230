//! One agency: its units, where it stands under each regulation, what fails and what comes next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checked::Checked;
use super::checks::{CheckCountsView, counts};
use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::listing::Truncation;
use super::matrix::anchor;
use super::parts::{Link, PageCtx, StatusCount};
use super::records::{FindingRow, Remarks, UseRow};
use super::standing::{Outlook, outlook};
use super::{Frame, View};
use crate::assess::{Check, Occurrence};
use crate::facts::verdict::Subject;
use crate::model::{Agency, Id, Named, Post, Regulation, Scope, Unit};
use crate::site::Site;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::months::plan_years;
use crate::site::route::Route;

/// What `agency.html` shows.
#[derive(Debug, Serialize)]
struct AgencyView {
    id: String,
    name: String,
    supervisor: Option<String>,
    units: Vec<UnitRow>,
    units_shown: Option<Truncation>,
    regulations: Vec<RegulationRow>,
    /// What is laid on the agency itself; its units have pages of their own.
    duties_of_scope: DutiesOfScope,
    outlook: Outlook,
    /// Of the agency and of all that lies within it.
    checked: Checked,
    /// To all its occurrences.
    all: Option<Link>,
    findings: Vec<FindingRow>,
    findings_shown: Option<Truncation>,
    posts: Vec<PostRow>,
    posts_shown: Option<Truncation>,
    systems: Vec<Link>,
    contractors: Vec<Link>,
    /// Of this year and the next.
    plans: Vec<Link>,
    /// The calendar other programs subscribe to.
    feed: Link,
    remarks: Remarks,
}

/// One of its units.
#[derive(Debug, Serialize)]
pub struct UnitRow {
    link: Link,
    agency: Link,
    is_office: bool,
    uses: Vec<UseRow>,
    counts: Vec<StatusCount>,
    failing: usize,
    checks: CheckCountsView,
}

/// Where it stands under one regulation.
#[derive(Debug, Serialize)]
struct RegulationRow {
    /// The fragment that the matrix of the home page leads to.
    anchor: String,
    link: Link,
    counts: Vec<StatusCount>,
    failing: usize,
    total: usize,
    checks: CheckCountsView,
}

/// One of its posts.
#[derive(Debug, Serialize)]
pub struct PostRow {
    link: Link,
    agency: Link,
    unit: Option<Link>,
    staff: String,
    roles: Vec<String>,
}

/// Makes the page of an agency.
pub fn view(site: &Site, id: Id<Agency>) -> View {
    let route = Route::Agency(id);
    let here = PageCtx::new(site, route);
    let (model, assessment) = (&site.model, &site.assessment);
    let agency = &model.agencies[id];
    let ids = assessment.of_agency(id);
    let own = |kind: Kind| List::of(kind, Filter::Agency(id));
    let all = own(Kind::Occurrences);
    let (findings, open) = here.open_findings(agency.findings.iter().copied(), INLINE_ROWS_MAX);
    let posts = &agency.posts;
    let systems = model.systems.iter();
    let used_here = |system| agency.units.iter().any(|unit| here.is_used_by(system, *unit));
    let contractors = model.contractors.iter().filter(|(_, firm)| firm.agency == id);
    let view = AgencyView {
        id: agency.slug().to_owned(),
        name: agency.name.clone(),
        supervisor: agency.supervisor.clone(),
        units: agency
            .units
            .iter()
            .take(INLINE_ROWS_MAX)
            .map(|unit| unit_row(&here, *unit))
            .collect(),
        units_shown: here.shown(
            agency.units.len().min(INLINE_ROWS_MAX),
            agency.units.len(),
            own(Kind::Units),
        ),
        regulations: regulations(&here, id),
        duties_of_scope: duties_of_scope(&here, Scope::Agency(id)),
        outlook: outlook(&here, ids, Filter::Agency(id), &here.verdict_on(Subject::Agency(id))),
        checked: here.checked_within(Scope::Agency(id), Filter::Agency(id)),
        all: site.lists.has(all).then(|| here.link(all.page(1), here.list_title(all))),
        findings_shown: here.shown(findings.len(), open, own(Kind::Findings)),
        findings,
        posts: posts.iter().take(INLINE_ROWS_MAX).map(|post| post_row(&here, *post)).collect(),
        posts_shown: here.shown(posts.len().min(INLINE_ROWS_MAX), posts.len(), own(Kind::Posts)),
        systems: systems
            .filter(|(system, row)| row.agency == id || used_here(*system))
            .map(|(system, _)| here.system(system))
            .collect(),
        contractors: contractors
            .map(|(id, contractor)| here.link(Route::Contractor(id), &contractor.name))
            .collect(),
        plans: plan_years(assessment)
            .map(|year| here.link(Route::Plan(id, year), here.plan_name(year)))
            .into(),
        feed: here.feed(
            "agencies",
            agency.slug(),
            &site.words.say("feed.name", &[("name", &agency.name)]),
        ),
        remarks: here.remarks(&agency.fields),
    };
    let above = here.above_scope(Scope::Agency(id));
    View::new("agency.html", Frame::new(site, route, &agency.name, above), view)
}

/// A post as a row of a table.
pub fn post_row(here: &PageCtx, id: Id<Post>) -> PostRow {
    let model = &here.site.model;
    let post = &model.posts[id];
    PostRow {
        link: here.post(id),
        agency: here.agency(post.agency),
        unit: post.unit.map(|unit| here.unit(unit)),
        staff: model.staff(post.person).to_owned(),
        roles: post.roles.iter().map(|role| here.role(*role).text).collect(),
    }
}

/// A unit as a row of a table.
pub fn unit_row(here: &PageCtx, id: Id<Unit>) -> UnitRow {
    let assessment = &here.site.assessment;
    let unit = &here.site.model.units[id];
    let ids = here.within_unit(id);
    let occurrences = || ids.iter().map(|id| assessment.occurrence(*id));
    UnitRow {
        link: here.link(Route::Unit(id), &unit.name),
        agency: here.agency(unit.agency),
        is_office: unit.is_office,
        uses: here.uses(id),
        counts: here.counts(occurrences()),
        failing: occurrences().filter(|occurrence| occurrence.status.is_failing()).count(),
        checks: here.counts_within(Scope::Unit(id)),
    }
}

fn regulations(here: &PageCtx, id: Id<Agency>) -> Vec<RegulationRow> {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let mut by_regulation: BTreeMap<Id<Regulation>, Vec<&Occurrence>> = BTreeMap::new();
    for id in assessment.of_agency(id) {
        let occurrence = assessment.occurrence(*id);
        let regulation = model.obligations[occurrence.obligation].regulation;
        by_regulation.entry(regulation).or_default().push(occurrence);
    }
    let mut checks: BTreeMap<Id<Regulation>, Vec<&Check>> = BTreeMap::new();
    for check in here.checks_within(Scope::Agency(id)) {
        let regulation = model.obligations[check.obligation].regulation;
        checks.entry(regulation).or_default().push(check);
        by_regulation.entry(regulation).or_default();
    }
    by_regulation
        .into_iter()
        .map(|(regulation, occurrences)| RegulationRow {
            checks: counts(checks.remove(&regulation).unwrap_or_default()),
            anchor: anchor(model.regulations[regulation].slug()),
            link: here.regulation(regulation),
            failing: occurrences.iter().filter(|o| o.status.is_failing()).count(),
            total: occurrences.len(),
            counts: here.counts(occurrences),
        })
        .collect()
}
