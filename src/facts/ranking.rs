//! In which order what was found is told: occurrences in lists, findings beside other things. Lists,
//! pages and files that show the same rows show them in the same order.

use std::cmp::Reverse;

use chrono::Datelike;

use crate::assess::Occurrence;
use crate::model::{Finding, Id, Model};
use crate::time::Day;

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

/// Those of some findings that are open on the day, most severe first, then the oldest.
pub fn open_findings(
    model: &Model,
    ids: impl IntoIterator<Item = Id<Finding>>,
    as_of: Day,
) -> Vec<Id<Finding>> {
    let findings = &model.findings;
    let mut open: Vec<Id<Finding>> =
        ids.into_iter().filter(|id| findings[*id].is_open_on(as_of)).collect();
    open.sort_by_key(|id| (Reverse(findings[*id].grade), findings[*id].found_on));
    open
}
