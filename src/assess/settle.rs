//! The status of an occurrence, from what was given, what is short, and what is in doubt.

use super::answer::Given;
use super::occurrence::{Occurrence, Status};
use super::population::Figures;
use super::reason::Reason;
use crate::model::{Id, Waiver};
use crate::time::Day;

/// Decides the status from what was given, what is short, and what is in doubt.
pub fn settle(
    figures: &Figures,
    occurrence: &mut Occurrence,
    given: Given,
    reasons: Vec<Reason>,
    mut doubts: Vec<Reason>,
    done_on: Option<Day>,
) {
    let (as_of, due) = (figures.as_of, occurrence.due);
    doubts.extend(occurrence.uncounted.map(|missing| Reason::CalendarMissing { year: missing.0 }));
    let short = reasons.iter().any(Reason::is_shortfall);
    let waiver = waiver(figures, occurrence);
    let differing = std::mem::take(&mut occurrence.reasons);
    let mut told = Vec::new();
    // Hours add up over the window; while it is open, too few are not short but not done yet.
    let adding_up = as_of <= due && reasons.iter().any(|r| matches!(r, Reason::HoursShort { .. }));
    if occurrence.acts.is_empty() || adding_up {
        if as_of < occurrence.opens {
            occurrence.status = Status::Upcoming;
            told.push(Reason::OpensOn { opens: occurrence.opens, due });
        } else if as_of > due && occurrence.uncounted.is_some() {
            occurrence.status = Status::Unknown;
        } else if as_of > due {
            occurrence.status = Status::Overdue;
            told.push(Reason::Overdue { due, days: (as_of - due).num_days() });
        } else {
            let days = (due - as_of).num_days();
            let soon = days <= i64::from(figures.model.settings.due_soon_days);
            occurrence.status = if soon { Status::DueSoon } else { Status::Open };
            told.push(Reason::DueIn { due, days });
        }
        // Nothing was done, so nothing is short: only the numbers to come are told.
        let asked = reasons.into_iter().filter_map(|reason| match reason {
            Reason::Sample { measure, size, .. } => {
                Some(Reason::Sample { measure, size, actual: None })
            }
            Reason::HoursShort { .. } => Some(reason),
            _ => None,
        });
        told.extend(asked);
        told.extend(doubts);
    } else if short {
        occurrence.status = Status::Deficient;
        told.extend(reasons);
        told.extend(doubts);
        let last = occurrence.acts.last().map(|act| act.day(figures.model));
        told.extend(last.filter(|day| *day > due).map(|on| late(on, due)));
    } else if !doubts.is_empty() {
        occurrence.status = Status::Unknown;
        told.extend(doubts);
        told.extend(reasons);
    } else if let Some(on) = done_on {
        occurrence.done_on = Some(on);
        occurrence.status = if on <= due { Status::Done } else { Status::DoneLate };
        told.push(if on <= due { Reason::DoneInTime { on, due } } else { late(on, due) });
        told.extend(reasons);
    }
    told.extend(differing);
    let complete = matches!(occurrence.status, Status::Done | Status::DoneLate);
    if let Some((id, until)) = waiver.filter(|_| !complete) {
        occurrence.status = Status::Waived;
        occurrence.waiver = Some(id);
        told.insert(0, Reason::Waived { waiver: id, until });
    }
    occurrence.reasons = told;
    occurrence.actual = given.tally;
    occurrence.evidence = given.evidence;
    occurrence.findings = given.findings;
}

fn late(on: Day, due: Day) -> Reason {
    Reason::DoneLate { on, due, days: (on - due).num_days() }
}

/// The waiver in force that covers an occurrence, with its last day.
fn waiver(figures: &Figures, occurrence: &Occurrence) -> Option<(Id<Waiver>, Day)> {
    let waivers = &figures.model.waivers;
    figures
        .waivers(occurrence.obligation, occurrence.scope)
        .iter()
        .find(|id| (waivers[**id].from..=waivers[**id].until).contains(&occurrence.due))
        .map(|id| (*id, waivers[*id].until))
}
