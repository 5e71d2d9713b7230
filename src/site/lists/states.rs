//! Which lists a finding stands in.

use crate::assess::Assessment;
use crate::facts::FindingState;
use crate::model::{Finding, Id};

/// The lists a finding stands in: open, late, doubtful, closed; none if it is not known yet.
pub fn finding_lists(
    assessment: &Assessment,
    id: Id<Finding>,
    finding: &Finding,
) -> Vec<&'static str> {
    let state = FindingState::of(finding, assessment.as_of);
    if state == FindingState::NotYet {
        return Vec::new();
    }
    let doubtful = !assessment.concerns(id).is_empty();
    let late = state == FindingState::Overdue;
    let closed = state == FindingState::Closed;
    [("unclosed", state.is_open()), ("overdue", late), ("doubtful", doubtful), ("closed", closed)]
        .into_iter()
        .filter_map(|(code, holds)| holds.then_some(code))
        .collect()
}
