//! All regulations: how much of each text is accounted for, which duties can be computed from
//! records and which cannot, and which duties are suspect.

use serde::Serialize;

use super::law::coverage;
use super::parts::{Link, PageCtx};
use super::references::{ReferenceCounts, references};
use super::suspect::{Suspect, suspect};
use super::{Frame, View, version_name};
use crate::facts::coverage::{DutyCoverage, Judgeable};
use crate::model::{Id, Obligation, Regulation};
use crate::record::rule::DUTY_KINDS;
use crate::site::Site;
use crate::site::route::Route;

/// What `coverage.html` shows.
#[derive(Debug, Serialize)]
struct CoverageView {
    regulations: Vec<RegulationRow>,
    kinds: Vec<KindRow>,
    /// Duties that records do not say enough of.
    missing: Vec<MissingRow>,
    suspects: Vec<SuspectDuty>,
}

#[derive(Debug, Serialize)]
struct RegulationRow {
    link: Link,
    version: String,
    clauses: Clauses,
    duties: Counts,
    references: ReferenceCounts,
}

/// How many clauses there are, and how they are accounted for.
#[derive(Debug, Serialize)]
struct Clauses {
    points: usize,
    total: usize,
    with_duties: usize,
    with_reason: usize,
    headings: usize,
}

/// How many duties there are, and how they are judged.
#[derive(Debug, Default, Serialize)]
struct Counts {
    total: usize,
    /// By records.
    computed: usize,
    /// The records do not say enough.
    not_computed: usize,
    /// Conduct and permissions: there is nothing to judge.
    listed: usize,
}

#[derive(Debug, Serialize)]
struct KindRow {
    kind: String,
    counts: Counts,
}

#[derive(Debug, Serialize)]
struct MissingRow {
    obligation: Link,
    regulation: Link,
    clause: Link,
    /// Which record would make it computable, by the rule's note.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct SuspectDuty {
    regulation: Link,
    suspect: Suspect,
}

/// Makes the page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Coverage);
    let model = &site.model;
    let all = || model.obligations.iter();
    let kinds = DUTY_KINDS.iter().filter_map(|kind| {
        let counts = counts(all().map(|(_, duty)| duty).filter(|duty| duty.duty.as_str() == *kind));
        (counts.total > 0).then(|| KindRow { kind: here.word("duty", kind), counts })
    });
    let view = CoverageView {
        regulations: model.regulations.ids().map(|id| regulation(&here, id)).collect(),
        kinds: kinds.collect(),
        missing: all()
            .filter(|(_, duty)| Judgeable::of(&duty.duty) == Judgeable::NotComputed)
            .map(|(id, duty)| MissingRow {
                obligation: here.obligation(id),
                regulation: here.regulation(duty.regulation),
                clause: here.clause_of(duty, duty.main_clause()),
                note: duty.note.clone(),
            })
            .collect(),
        suspects: all()
            .filter_map(|(id, duty)| {
                Some(SuspectDuty {
                    suspect: suspect(&here, id, site.assessment.as_of)?,
                    regulation: here.regulation(duty.regulation),
                })
            })
            .collect(),
    };
    let above = vec![here.link(Route::Regulations, site.words.get("menu.regulations"))];
    let title = site.words.get("coverage.title");
    View::new("coverage.html", Frame::new(site, Route::Coverage, title, above), view)
}

fn regulation(here: &PageCtx, id: Id<Regulation>) -> RegulationRow {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let version = regulation.shown(here.site.assessment.as_of);
    let covered = coverage(here, id, version);
    RegulationRow {
        link: here.regulation(id),
        version: version_name::name(here.site, version),
        clauses: Clauses {
            points: covered.points,
            total: covered.total,
            with_duties: covered.with_duties,
            with_reason: covered.with_reason,
            headings: covered.headings,
        },
        references: references(here, id).counts,
        duties: counts(regulation.obligations.iter().map(|duty| &model.obligations[*duty])),
    }
}

fn counts<'a>(duties: impl Iterator<Item = &'a Obligation>) -> Counts {
    let DutyCoverage { total, computed, not_computed, listed } = DutyCoverage::of(duties);
    Counts { total, computed, not_computed, listed }
}
