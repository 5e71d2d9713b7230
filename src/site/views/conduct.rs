//! What can be shown of duties that no record proves: who pledged to keep them, when an audit
//! looked last, what it found; and of permissions, whom they may be used of.

use serde::Serialize;

use super::listing::Truncation;
use super::parts::{DateView, Link, PageCtx};
use super::records::{AuditRow, FindingRow};
use crate::assess::{Candidate, Fit};
use crate::facts::AccountState;
use crate::model::{Agency, Duty, Finding, Id, Obligation, Scope};
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
    let (model, as_of) = (&here.site.model, here.site.assessment.as_of);
    let obligation = &model.obligations[id];
    let Duty::Conduct = obligation.duty else { return None };
    let regulation = &model.regulations[obligation.regulation];
    let mut rows: Vec<(usize, usize)> = vec![(0, 0); model.agencies.len()];
    for system in &regulation.systems {
        for account in &model.systems[*system].accounts {
            let agency = model.scope_agency(Scope::Account(*account));
            let account = &model.accounts[*account];
            if AccountState::of(account, as_of) != AccountState::Active {
                continue;
            }
            let (pledged, all) = &mut rows[agency.index()];
            *all += 1;
            *pledged += usize::from(account.pledge.is_some());
        }
    }
    let mut last: Vec<Option<_>> = vec![None; model.agencies.len()];
    for (audit, act) in model.audits.iter() {
        if model.obligations[act.obligation].regulation == obligation.regulation {
            let newest = &mut last[model.scope_agency(act.scope).index()];
            *newest = (*newest).max(Some((act.done_on, audit)));
        }
    }
    let agencies = model.agencies.ids().zip(rows.iter().zip(&last));
    let shown = agencies.filter(|(_, ((_, all), last))| *all > 0 || last.is_some());
    let row = |id: Id<Agency>, (pledged, accounts), last: &Option<(_, _)>| AgencyRow {
        agency: here.agency(id),
        pledged,
        accounts,
        last_audit: last.map(|(_, audit)| here.audit_row(audit)),
    };
    let names_it = |finding: &Finding| {
        model.obligations[model.audits[finding.audit].obligation].regulation
            == obligation.regulation
            && finding
                .clauses
                .iter()
                .any(|clause| obligation.clauses.iter().any(|own| clause.starts_with(&own.value)))
    };
    let findings = model.findings.iter().filter(|(_, finding)| names_it(finding));
    let (findings, open) = here.open_findings(findings.map(|(id, _)| id), INLINE_ROWS_MAX);
    Some(ConductView {
        pledged: rows.iter().map(|(pledged, _)| pledged).sum(),
        accounts: rows.iter().map(|(_, all)| all).sum(),
        agencies: shown.map(|(id, (counts, last))| row(id, *counts, last)).collect(),
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
