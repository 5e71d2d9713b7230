//! Due dates that no calendar has, that come before what they are about, or that are never used.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::found::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::obligation::in_month;
use crate::model::{
    Deadline, DueDay, Duty, EventRule, Id, Model, Obligation, Periodic, TriggerDay,
};
use crate::time::{Day, Length, Period};

/// Looks at every due date.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        let mut say = |code: Code, message: String, help: &str| {
            found.push(Found::of(id, Diagnostic::new(code, rule.span, message).help(help)));
        };
        match &rule.duty {
            Duty::Periodic(periodic) => {
                lacking(periodic, &mut say);
                unused(periodic, &mut say);
                too_early(model, (id, rule), periodic, &mut say);
                unfinished(model, periodic, &mut say);
            }
            Duty::Interval(interval) if interval.gap.length().is_some_and(is_nothing) => say(
                Code::DutyImpossible,
                "no time lies between one act and the next: each falls due on the day of the last"
                    .to_owned(),
                "state how long the time between them may be",
            ),
            Duty::Event(event) => of_event(model, (id, event), &mut say),
            _ => {}
        }
    }
}

fn is_nothing(length: Length) -> bool {
    matches!(length, Length::Days(0) | Length::WorkingDays(0) | Length::Months(0))
}

/// The periods of a duty in an ordinary year, with the due entry that each uses.
pub(super) fn periods(rule: &Periodic) -> Vec<(Period, usize)> {
    let first = Day::from_ymd_opt(2026, 1, 1).unwrap_or(Day::MIN);
    let mut period = Period::containing(first, rule.every);
    let mut all = Vec::new();
    while period.first_day().year() <= 2026 {
        let month = period.last_day().month();
        let half = if period.first_day().month() <= 6 { 1 } else { 2 };
        let entry = rule.due.iter().position(|due| due.half.is_none_or(|only| only == half));
        if rule.months.is_empty() || rule.months.contains(&month) {
            all.push((period, entry.unwrap_or(0)));
        }
        let Some(next) = period.last_day().succ_opt() else { break };
        period = Period::containing(next, rule.every);
    }
    all
}

/// Days of months that have none of the number.
fn lacking(rule: &Periodic, say: &mut impl FnMut(Code, String, &str)) {
    let mut said = BTreeSet::new();
    for (period, entry) in periods(rule) {
        let DueDay::InMonth { months_after, day: Some(day) } = rule.due[entry].day else {
            continue;
        };
        let falls = in_month(period.last_day(), months_after, Some(day));
        if falls.day() != day && said.insert(entry) {
            say(
                Code::DayNotInMonth,
                format!(
                    "`day: {day}` is no day of the month that {period} falls due in: it would be {falls}"
                ),
                "write `day: last`, or a day that each of the months has",
            );
        }
    }
}

/// Entries of `due` that no period uses.
fn unused(rule: &Periodic, say: &mut impl FnMut(Code, String, &str)) {
    let used: BTreeSet<usize> = periods(rule).into_iter().map(|(_, entry)| entry).collect();
    for at in (0..rule.due.len()).filter(|at| !used.contains(at)) {
        let by =
            rule.due.iter().position(|one| one.half.is_none() || one.half == rule.due[at].half);
        let why = match by.filter(|by| *by < at) {
            Some(by) => format!("entry {} stands before it", by + 1),
            None => "no period lies in that half of the year".to_owned(),
        };
        say(
            Code::BoundNeverBinds,
            format!("entry {} of `due` holds of no period: {why}", at + 1),
            "give each entry its `half`, or remove it",
        );
    }
}

/// The first day of a window and its last, before days off.
fn window(model: &Model, rule: &Periodic, period: Period, entry: usize) -> (Day, Day) {
    let last = period.last_day();
    let after = last.succ_opt().unwrap_or(last);
    let opens = if rule.due[entry].after_period { after } else { period.first_day() };
    match rule.due[entry].day {
        DueDay::PeriodEnd => (opens, last),
        DueDay::InMonth { months_after, day } => (opens, in_month(last, months_after, day)),
        DueDay::Within(length) => (opens, length.near(last, &model.calendar).0),
    }
}

/// The day a period falls due by the text, before days off; `None` where the site sets it.
pub(super) fn due_of(model: &Model, rule: &Periodic, period: Period, entry: usize) -> Option<Day> {
    (!rule.due[entry].site_default).then(|| window(model, rule, period, entry).1)
}

/// A sample of the records of a whole period that falls due while the period runs.
fn unfinished(model: &Model, rule: &Periodic, say: &mut impl FnMut(Code, String, &str)) {
    if !rule.demand.sample.is_of_the_period() {
        return;
    }
    let early = periods(rule).into_iter().find_map(|(period, entry)| {
        let due = due_of(model, rule, period, entry)?;
        (due < period.last_day()).then_some((period, due))
    });
    if let Some((period, due)) = early {
        let last = period.last_day();
        let message = format!(
            "the sample of {period} is drawn from the whole period, which ends on {last}, but is due on {due}"
        );
        say(
            Code::DutyImpossible,
            message,
            "a period is audited after it: `months_after: 1`, or `{on: period-end}`",
        );
    }
}

fn too_early(
    model: &Model,
    (id, rule): (Id<Obligation>, &Obligation),
    periodic: &Periodic,
    say: &mut impl FnMut(Code, String, &str),
) {
    for (period, entry) in periods(periodic) {
        let site_default = periodic.due[entry].site_default;
        let (opens, due) = window(model, periodic, period, entry);
        if opens > due && !site_default {
            say(
                Code::DutyImpossible,
                format!(
                    "the duty of {period} is due on {due}, before it may be done from {opens} on"
                ),
                "correct `due`",
            );
            return;
        }
        for before in &periodic.demand.after {
            let earlier = &model.obligations[*before];
            let Duty::Periodic(first) = &earlier.duty else { continue };
            if first.every != periodic.every {
                continue;
            }
            let Some((_, of_first)) = periods(first).into_iter().find(|(one, _)| *one == period)
            else {
                continue;
            };
            let (opens, _) = window(model, first, period, of_first);
            if opens > due && !first.due[of_first].site_default {
                say(
                    Code::DutyImpossible,
                    format!(
                        "the duty of {period} is due on {due}, but comes after `{}`, which may be done from {opens} on",
                        earlier.slug
                    ),
                    "correct `due` of one of them, or `after`",
                );
                return;
            }
            let last = due_of(model, first, period, of_first);
            if let Some(last) = last.filter(|last| due < *last && !site_default) {
                say(
                    Code::BoundNeverBinds,
                    format!(
                        "`due` of `{}` never binds: its act of {period} is due on {last}, but `{}`, which comes after it, on {due}",
                        earlier.slug, rule.slug
                    ),
                    "correct `due` of one of them, or `after`",
                );
                return;
            }
        }
    }
    if let Some(before) = periodic.demand.after.iter().find(|before| {
        matches!(&model.obligations[**before].duty, Duty::Periodic(first) if first.every > periodic.every)
    }) {
        let message = format!(
            "`after` never binds: no whole period of `{}` lies in one of `{}`",
            model.obligations[*before].slug, rule.slug
        );
        say(Code::BoundNeverBinds, message, "name a duty with periods no longer than its own");
    }
    if comes_after(model, id, id, &mut BTreeSet::new()) {
        say(
            Code::DutyImpossible,
            format!("`{}` comes after itself: no act of it can be the first", rule.slug),
            "correct `after`",
        );
    }
}

/// Whether `of` must come after `this`, directly or by others between.
fn comes_after(
    model: &Model,
    this: Id<Obligation>,
    of: Id<Obligation>,
    seen: &mut BTreeSet<Id<Obligation>>,
) -> bool {
    let after = model.obligations[of].duty.demand().map(|demand| &demand.after[..]);
    after.unwrap_or_default().iter().any(|before| {
        *before == this || (seen.insert(*before) && comes_after(model, this, *before, seen))
    })
}

fn of_event(
    model: &Model,
    (id, rule): (Id<Obligation>, &EventRule),
    say: &mut impl FnMut(Code, String, &str),
) {
    let event = &model.event_kinds[rule.event].slug;
    let before = matches!(
        rule.deadline,
        Deadline::Before(_) | Deadline::DayBefore | Deadline::WithinBefore(_)
    );
    if before && rule.from_known {
        say(
            Code::DutyImpossible,
            "the answer is due before the event is known".to_owned(),
            "count `before` from the day of the event: leave out `from`",
        );
    }
    for trigger in &rule.follows {
        // A last day in office may be recorded before it comes, and so may the end of a term.
        let known_ahead = trigger.on == TriggerDay::PostEnded || trigger.after.is_some();
        if before && !known_ahead {
            say(
                Code::DutyImpossible,
                format!(
                    "the answer is due before `{event}`, but that it comes follows from a record of what has happened",
                ),
                "state a time after the event, or leave out `follows`",
            );
        }
        let of_itself = match trigger.on {
            TriggerDay::Sent(other) | TriggerDay::Answered(other) => other == id,
            _ => false,
        };
        if of_itself && rule.follows.len() == 1 {
            say(
                Code::DutyImpossible,
                format!("`{event}` follows from its own answer alone: it never begins"),
                "name the duty it follows",
            );
        }
    }
    if let Deadline::InMonth { months_after, day: Some(day) } = rule.deadline {
        let months = (1..=12).filter_map(|month| Day::from_ymd_opt(2026, month, 1));
        let short = months
            .map(|on| (on, in_month(on, months_after, Some(day))))
            .find(|(_, falls)| falls.day() != day);
        if let Some((on, falls)) = short {
            say(
                Code::DayNotInMonth,
                format!(
                    "`day: {day}` is no day of the month in which the answer to an event of {on} is due: it would be {falls}"
                ),
                "write `day: last`, or a day that every month has",
            );
        }
        // The day of the month may lie before that of the event.
        let late = Day::from_ymd_opt(2026, 1, 31).unwrap_or(Day::MIN);
        let falls = in_month(late, months_after, Some(day));
        if months_after == 0 && falls < late {
            say(
                Code::DutyImpossible,
                format!("the answer to an event of {late} would be due on {falls}, before it"),
                "state a time after the event: `within`, or `months_after: 1`",
            );
        }
    }
}
