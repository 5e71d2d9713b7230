//! The status of a case, from what is there, what is missing and what cannot be told. Done means that
//! everything the clause asks for was there on the day its last element came. Before the due date what
//! is missing is still to do; a failing is what is missing after it.

use super::{Case, Requirement};
use crate::assess::occurrence::Status;
use crate::assess::reason::Reason;
use crate::assess::window::Window;
use crate::model::{Id, Waiver};
use crate::time::{Day, Moment, Timeliness};

/// How far the acts of a case came.
pub struct Progress {
    /// Something was done.
    pub acts: bool,
    /// Something is missing for certain.
    pub short: bool,
    /// When everything was there.
    pub done: Option<Moment>,
    /// Of the elements, the most severe first.
    pub reasons: Vec<Reason>,
}

/// The status, and why.
pub struct Decision {
    pub status: Status,
    pub done: Option<Moment>,
    pub reasons: Vec<Reason>,
    pub waiver: Option<Id<Waiver>>,
}

/// Decides the status of a case.
pub fn decide_status(case: &Case, asked: &Requirement, progress: Progress) -> Decision {
    let (as_of, window) = (case.index.as_of, &case.window);
    let due = window.due;
    let mut unjudged = Vec::new();
    unjudged.extend(window.calendar_gap.map(|missing| Reason::CalendarMissing { year: missing.0 }));
    if window.limit_missing {
        unjudged.push(Reason::LimitNotRecorded);
    }
    let passed = as_of > due;
    let ended = case.ended.filter(|day| passed && *day <= as_of);
    let mut reasons = Vec::new();
    let mut done = None;
    let status = match progress.done {
        Some(_) if !unjudged.is_empty() => {
            reasons.append(&mut unjudged);
            Status::Unknown
        }
        Some(moment) => {
            let (status, why) = by_time(window, moment);
            done = Some(moment).filter(|_| status != Status::Unknown);
            reasons.extend(why);
            status
        }
        None if passed && !unjudged.is_empty() => {
            reasons.append(&mut unjudged);
            Status::Unknown
        }
        None if !progress.acts && ended.is_some() => {
            // Nothing can be done any more, and nothing is owed since: the lapse ended with the right.
            let on = ended.unwrap_or(due);
            done = Some(on.into());
            reasons.push(Reason::EndedLate { on, due, days: (on - due).num_days() });
            Status::DoneLate
        }
        // Owed only in periods with records, and whether this one had any is not recorded.
        None if passed && !progress.acts && case.only_used && !asked.doubts.is_empty() => {
            Status::Unknown
        }
        None if passed && !progress.acts => {
            reasons.push(Reason::Overdue { due, days: (as_of - due).num_days() });
            Status::Overdue
        }
        None if passed => match progress.short {
            true => Status::Deficient,
            false => Status::Unknown,
        },
        None if as_of < window.opens => {
            reasons.push(Reason::OpensOn { opens: window.opens, due });
            Status::Upcoming
        }
        None => {
            let days = (due - as_of).num_days();
            reasons.push(match progress.acts {
                true => Reason::StillToDo { due, days },
                false => Reason::DueIn { due, days },
            });
            let soon = days <= i64::from(case.index.model.settings.due_soon_days);
            if soon { Status::DueSoon } else { Status::Open }
        }
    };
    // Nothing was done, so nothing is short: only the numbers to come are told.
    let told = progress.reasons.into_iter().filter_map(|reason| match reason {
        reason if progress.acts => Some(reason),
        Reason::Sample { measure, size, .. } => {
            Some(Reason::Sample { measure, size, actual: None })
        }
        Reason::HoursShort { .. }
        | Reason::CourseUnknown { .. }
        | Reason::PopulationUnknown { .. }
        | Reason::BaseUnknown => Some(reason),
        _ => None,
    });
    reasons.extend(told);
    if progress.acts && status == Status::Deficient {
        let last = case.acts.last().map(|act| act.day(case.index.model));
        reasons.extend(last.filter(|day| *day > due).map(|on| late(on, due)));
    }
    reasons.extend(unjudged);
    if progress.done.is_none() {
        reasons.extend(start_not_recorded(window));
    }
    reasons.extend(asked.remarks.iter().cloned());
    let waived = match status {
        Status::Done | Status::DoneLate => None,
        _ => waiver(case),
    };
    match waived {
        Some((id, until)) => {
            reasons.insert(0, Reason::Waived { waiver: id, until });
            Decision { status: Status::Waived, done: None, reasons, waiver: Some(id) }
        }
        None => Decision { status, done, reasons, waiver: None },
    }
}

/// What follows from when everything was there, and why. Where the due day and the day it was done are
/// one, hours need the times of both.
pub fn by_time(window: &Window, done: Moment) -> (Status, Vec<Reason>) {
    let (on, due) = (done.day(), window.due);
    let (status, mut reasons) = match window.timeliness(done) {
        Timeliness::InTime => (Status::Done, vec![Reason::DoneInTime { on, due }]),
        Timeliness::Late => (Status::DoneLate, vec![late(on, due)]),
        Timeliness::Open => {
            let act = done.at().is_none().then_some(Reason::ActTimeNotRecorded { on });
            let reasons = act.into_iter().chain(start_not_recorded(window));
            return (Status::Unknown, reasons.collect());
        }
    };
    let is_by_day = window.ends.is_some_and(|ends| ends.at().is_none() || done.at().is_none());
    reasons.extend(is_by_day.then_some(Reason::DayDecides));
    (status, reasons)
}

/// That the time from which hours run is not recorded.
fn start_not_recorded(window: &Window) -> Option<Reason> {
    window.ends.filter(|ends| ends.at().is_none()).map(|_| Reason::EventTimeNotRecorded)
}

fn late(on: Day, due: Day) -> Reason {
    Reason::DoneLate { on, due, days: (on - due).num_days() }
}

/// The waiver in force that covers a case, with its last day. None can be given when the duty is
/// overdue already: what was approved after the due date forgives nothing, unless the text lays down
/// a principle only.
fn waiver(case: &Case) -> Option<(Id<Waiver>, Day)> {
    let waivers = &case.index.model.waivers;
    let due = case.window.due;
    // 以…為原則: what departs from the rule may be said whenever it is.
    let late = case.index.model.obligations[case.obligation].in_principle;
    case.index
        .waivers(case.obligation, case.scope)
        .iter()
        .find(|id| {
            let waiver = &waivers[**id];
            (waiver.from..=waiver.until).contains(&due) && (late || waiver.approved.on <= due)
        })
        .map(|id| (*id, waivers[*id].until))
}
