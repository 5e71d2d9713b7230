//! Breaches of retention: papers and logs destroyed before their day, or without the approval a
//! rule asks. A breach of retention is a breach of the duty, wherever breaches are counted.

use crate::assess::{Assessment, KeptState, RetentionStatus};
use crate::model::{Id, Obligation, Scope};
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

/// Every breach, in the order of the assessment.
pub fn breaches(assessment: &Assessment) -> Vec<RetentionBreach> {
    let breach = |(at, kept): (usize, &RetentionStatus)| {
        is_breach(kept.state).then(|| RetentionBreach {
            at,
            obligation: kept.governing().obligation,
            scope: kept.scope,
            on: kept.destroyed_on.unwrap_or(assessment.as_of),
        })
    };
    assessment.retention.iter().enumerate().filter_map(breach).collect()
}
