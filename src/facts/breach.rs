//! Breaches of retention: papers and logs destroyed before their day, or without the approval a
//! rule asks. A breach of retention is a breach of the duty, wherever breaches are counted.

use crate::assess::{Assessment, KeptRecord, KeptState, RetentionStatus};
use crate::model::{Evidence, EvidenceUser, Id, Model, Obligation, Scope};
use crate::time::Day;

/// One record destroyed against the rule that keeps it longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionBreach {
    /// Its place in [`Assessment::retention`].
    pub at: usize,
    /// The rule that governs.
    pub obligation: Id<Obligation>,
    /// Where the record lies.
    pub scope: Scope,
    /// The day it was destroyed.
    pub on: Day,
}

/// Whether a state is a breach.
pub fn is_breach(state: KeptState) -> bool {
    matches!(state, KeptState::DestroyedTooEarly | KeptState::DestroyedUnapproved)
}

/// The public code of what may be done with a kept record.
pub fn code(state: KeptState) -> &'static str {
    match state {
        KeptState::DestroyedTooEarly => "destroyed_too_early",
        KeptState::DestroyedUnapproved => "destroyed_unapproved",
        KeptState::MayBeDestroyed => "may_be_destroyed",
        KeptState::Keep => "keep",
        KeptState::Destroyed => "destroyed",
        KeptState::Unknown => "unknown",
    }
}

/// Where a kept record lies: papers of an audit with what it looked at.
pub fn scope(model: &Model, record: KeptRecord) -> Scope {
    match record {
        KeptRecord::Audit(id) => model.audits[id].scope,
        KeptRecord::Account(id) => Scope::Account(id),
        KeptRecord::Usage(id) => Scope::Unit(model.usage[id].unit),
        KeptRecord::Entry(id) => Scope::Entry(id),
        KeptRecord::Evidence(id) => evidence_scope(model, id),
    }
}

/// Where a paper lies: with the first record that it proves and that is kept.
fn evidence_scope(model: &Model, id: Id<Evidence>) -> Scope {
    let of = |user: &EvidenceUser| match *user {
        EvidenceUser::Audit(id) => Some(model.audits[id].scope),
        EvidenceUser::Finding(id) => Some(model.audits[model.findings[id].audit].scope),
        EvidenceUser::Account(id) => Some(Scope::Account(id)),
        _ => None,
    };
    let kept = model.evidence[id].used_by.iter().find_map(of);
    kept.expect("papers are kept because a record that is kept names them")
}

/// Every breach, in the order of the assessment.
pub fn breaches(model: &Model, assessment: &Assessment) -> Vec<RetentionBreach> {
    let breach = |(at, kept): (usize, &RetentionStatus)| {
        is_breach(kept.state).then(|| RetentionBreach {
            at,
            obligation: kept.governing().obligation,
            scope: scope(model, kept.record),
            on: kept.destroyed_on.unwrap_or(assessment.as_of),
        })
    };
    assessment.retention.iter().enumerate().filter_map(breach).collect()
}
