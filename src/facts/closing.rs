//! What is left to record until a finding is closed: its corrective actions, the check by somebody
//! else, the day it was closed.

use crate::assess::{Assessment, ReviewIssue};
use crate::model::{Finding, Id, Model};

/// What is left to do about a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// The cause is not recorded.
    pub no_cause: bool,
    /// No corrective action is.
    pub no_actions: bool,
    /// Actions not done yet, by their place in the finding.
    pub undone: Vec<usize>,
    /// The check of them is missing, or cannot count.
    pub verification: Option<Verification>,
    /// It is open.
    pub open: bool,
}

/// Why the check of a finding's actions is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// There is none, or not before it was closed.
    Missing,
    /// Who checked is who acted.
    ByDoer,
}

impl Closing {
    /// What is left as of the day of an assessment; `None` if nothing is.
    pub fn of(model: &Model, assessment: &Assessment, id: Id<Finding>) -> Option<Self> {
        let finding = &model.findings[id];
        let issues = assessment.concerns(id);
        let open = finding.is_open_on(assessment.as_of);
        if !open && issues.is_empty() {
            return None;
        }
        let undone = finding.actions.iter().enumerate().filter(|(_, one)| one.done_on.is_none());
        let by_doer = issues.contains(&ReviewIssue::VerifiedByDoer);
        let missing = finding.verified.is_none() || issues.contains(&ReviewIssue::ClosedUnverified);
        Some(Self {
            no_cause: finding.cause.is_none(),
            no_actions: finding.actions.is_empty(),
            undone: undone.map(|(at, _)| at).collect(),
            verification: match (by_doer, missing) {
                (true, _) => Some(Verification::ByDoer),
                (false, true) => Some(Verification::Missing),
                (false, false) => None,
            },
            open,
        })
    }
}
