//! What can be shown of duties that no record proves: who pledged to keep them, when an audit
//! looked last, what it found; and of permissions, whom they may be used of.

use serde::Serialize;

use super::listing::Truncation;
use super::parts::{DateView, Link, PageCtx};
use super::records::{AuditRow, FindingRow};
use crate::assess::{Candidate, Fit};
use crate::facts::conduct::{Conduct, ConductOfAgency};
use crate::model::{Duty, Id, Obligation, Scope};
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};

/// What is known of a standing rule.
#[derive(Debug, Serialize)]
pub struct ConductView {
    /// Of all open accounts.
    pledged: usize,
    accounts: usize,
    /// By agency, those with accounts or audits under the regulation.
    agencies: Vec<AgencyRow>,
    /// Open ones that name its clauses.
    findings: Vec<FindingRow>,
    findings_shown: Option<Truncation>,
}

/// An agency: its pledges and the last audit of it.
#[derive(Debug, Serialize)]
struct AgencyRow {
    agency: Link,
    pledged: usize,
    accounts: usize,
    last_audit: Option<AuditRow>,
}

/// Whom a permission may be used of.
#[derive(Debug, Serialize)]
pub struct CandidatesView {
    fits: Vec<CandidateRow>,
    /// Those of whom it cannot be told.
    unknown: Vec<CandidateRow>,
    shown: Option<Truncation>,
}

/// A scope a permission may be used of.
#[derive(Debug, Serialize)]
pub struct CandidateRow {
    scope: Link,
    /// `None` if it is the scope itself.
    agency: Option<Link>,
    /// Of accounts.
    last_used: Option<DateView>,
    /// It cannot be told of it.
    unknown: bool,
}

/// A permission that may be used of the scope of the page.
#[derive(Debug, Serialize)]
pub struct AdviceLine {
    obligation: Link,
    regulation: Link,
    clause: Link,
    advice: String,
    /// It cannot be told whether it may.
    unknown: bool,
}

/// What is known of a standing rule as of the day; `None` for other duties.
pub fn conduct(here: &PageCtx, id: Id<Obligation>) -> Option<ConductView> {
    let known = Conduct::of(&here.site.model, id, here.site.assessment.as_of)?;
    let row = |one: &ConductOfAgency| AgencyRow {
        agency: here.agency(one.agency),
        pledged: one.pledged,
        accounts: one.accounts,
        last_audit: one.last_audit.map(|audit| here.audit_row(audit)),
    };
    let (findings, open) = here.open_findings(known.findings, INLINE_ROWS_MAX);
    Some(ConductView {
        pledged: known.agencies.iter().map(|one| one.pledged).sum(),
        accounts: known.agencies.iter().map(|one| one.accounts).sum(),
        agencies: known.agencies.iter().map(row).collect(),
        findings_shown: here.shown(findings.len(), open, List::all(Kind::Findings)),
        findings,
    })
}

/// Whom a permission may be used of; `None` for other duties and for those that do not say.
pub fn candidates(here: &PageCtx, id: Id<Obligation>) -> Option<CandidatesView> {
    let Duty::Permission { candidates: Some(_), .. } = here.site.model.obligations[id].duty else {
        return None;
    };
    let all: Vec<&Candidate> = here.site.assessment.candidates_of_rule(id).collect();
    let rows = |fits: bool| {
        let some = all.iter().filter(|one| (one.fit == Fit::Fits) == fits).take(INLINE_ROWS_MAX);
        some.map(|one| candidate_row(here, one)).collect::<Vec<_>>()
    };
    let (fits, unknown) = (rows(true), rows(false));
    let list = List::of(Kind::Candidates, Filter::Obligation(id));
    let shown = here.shown(fits.len() + unknown.len(), all.len(), list);
    Some(CandidatesView { fits, unknown, shown })
}

/// A candidate as a row of a table.
pub fn candidate_row(here: &PageCtx, candidate: &Candidate) -> CandidateRow {
    CandidateRow {
        scope: here.scope(candidate.scope),
        agency: here.agency_of(candidate.scope),
        last_used: match candidate.scope {
            Scope::Account(id) => here.site.model.accounts[id].last_used_on.map(DateView::new),
            _ => None,
        },
        unknown: candidate.fit != Fit::Fits,
    }
}

/// The permissions that may be used of a scope.
pub fn advice(here: &PageCtx, scope: Scope) -> Vec<AdviceLine> {
    let model = &here.site.model;
    let line = |candidate: &Candidate| {
        let obligation = &model.obligations[candidate.obligation];
        let advice = match &obligation.duty {
            Duty::Permission { advice: Some(advice), .. } => advice,
            _ => &obligation.title,
        };
        AdviceLine {
            obligation: here.obligation(candidate.obligation),
            regulation: here.regulation(obligation.regulation),
            clause: here.clause_of(obligation, obligation.main_clause()),
            advice: advice.clone(),
            unknown: candidate.fit != Fit::Fits,
        }
    };
    here.site.assessment.candidates_of_scope(scope).map(line).collect()
}
