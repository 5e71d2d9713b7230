//! The state of a finding as of a day: one answer for lists, pages, counts and gates.

use crate::model::{Finding, Id, Model, Unit};
use crate::time::Day;

/// The state of a finding on a day. Whether its mending is doubtful is told apart from it, by
/// [`Assessment::concerns`](crate::assess::Assessment::concerns).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingState {
    /// Open, and past the day by which it had to be mended.
    Overdue,
    Open,
    Closed,
    /// Found on a day to come.
    NotYet,
}

impl FindingState {
    /// The state on a day. The deadline is inclusive: on its day the finding is not overdue yet.
    pub fn of(finding: &Finding, day: Day) -> Self {
        if finding.found_on > day {
            return FindingState::NotYet;
        }
        match (finding.is_open_on(day), finding.due) {
            (true, Some(due)) if due < day => FindingState::Overdue,
            (true, _) => FindingState::Open,
            (false, _) => FindingState::Closed,
        }
    }

    /// Found, and not closed.
    pub fn is_open(self) -> bool {
        matches!(self, FindingState::Overdue | FindingState::Open)
    }

    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            FindingState::Overdue => "overdue",
            FindingState::Open => "open",
            FindingState::Closed => "closed",
            FindingState::NotYet => "not_yet",
        }
    }
}

/// The unit a finding is counted in: that of the account it is about, whatever the audit looked at.
pub fn unit(model: &Model, finding: &Finding) -> Option<Id<Unit>> {
    let account = finding.account.map(|account| model.accounts[account].unit);
    account.or_else(|| model.scope_unit(model.audits[finding.audit].scope))
}
