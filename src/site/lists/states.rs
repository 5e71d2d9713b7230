//! Which lists a finding stands in, and the order of occurrences in lists.

use chrono::Datelike;

use crate::assess::{Assessment, Occurrence};
use crate::facts::FindingState;
use crate::model::{Finding, Id};
use crate::time::Day;

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

/// The place of an occurrence in a list: what asks for action by weight and due date, then the
/// others from the newest to the oldest, then what is still to come.
pub fn relevance(occurrence: &Occurrence, as_of: Day) -> (u8, usize, i32) {
    let due = occurrence.due.num_days_from_ce();
    if occurrence.status.asks_for_action() {
        (0, occurrence.status as usize, due)
    } else if occurrence.opens <= as_of {
        (1, 0, -due)
    } else {
        (2, 0, due)
    }
}
