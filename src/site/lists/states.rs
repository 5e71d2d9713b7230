//! The states records are told apart by in lists, as codes of the words.

use chrono::Datelike;

use crate::assess::{Assessment, KeptState, Occurrence};
use crate::model::{Account, Finding, Id, Waiver};
use crate::time::Day;

/// Whether an account is valid, suspended or cancelled as of a day.
pub fn account_state(account: &Account, as_of: Day) -> &'static str {
    let has_come = |day: Option<Day>| day.is_some_and(|day| day <= as_of);
    if has_come(account.cancelled_on) {
        "cancelled"
    } else if has_come(account.suspended_on) {
        "suspended"
    } else if has_come(Some(account.opened_on)) {
        "active"
    } else {
        "not_yet"
    }
}

/// The lists a finding stands in: open, late, doubtful, closed; none if it is not known yet.
pub fn finding_states(
    assessment: &Assessment,
    id: Id<Finding>,
    finding: &Finding,
) -> Vec<&'static str> {
    let as_of = assessment.as_of;
    if finding.found_on > as_of {
        return Vec::new();
    }
    let open = finding.is_open_on(as_of);
    let late = open && finding.due.is_some_and(|due| due < as_of);
    let doubtful = !assessment.concerns(id).is_empty();
    [("unclosed", open), ("overdue", late), ("doubtful", doubtful), ("closed", !open)]
        .into_iter()
        .filter_map(|(code, holds)| holds.then_some(code))
        .collect()
}

/// Whether a waiver is in force, with its place in the list.
pub fn waiver_state(
    assessment: &Assessment,
    id: Id<Waiver>,
    waiver: &Waiver,
) -> (u8, &'static str) {
    let ended = waiver.until < assessment.as_of;
    if waiver.from > assessment.as_of {
        (1, "not_yet")
    } else if assessment.unused_waivers.contains(&id) {
        (2, if ended { "ended_unused" } else { "unused" })
    } else if ended {
        (3, "ended")
    } else {
        (0, "in_force")
    }
}

/// The code of what may be done with a kept record.
pub fn kept_code(state: KeptState) -> &'static str {
    match state {
        KeptState::DestroyedTooEarly => "destroyed_too_early",
        KeptState::DestroyedUnapproved => "destroyed_unapproved",
        KeptState::MayBeDestroyed => "may_be_destroyed",
        KeptState::Keep => "keep",
        KeptState::Destroyed => "destroyed",
    }
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
