//! How the due date of an occurrence was reckoned, step by step. It ends on the due date that was
//! judged by; a test over the demo holds it to that.

use super::occurrence::{DueBasis, Occurrence, Term};
use super::window::{self, due_rule};
use crate::model::{
    Deadline, DueDay, Duty, Event, EventRule, Model, Obligation, OnHoliday, Periodic,
};
use crate::time::{Day, Derivation, FirstDay, Period, StepKind};

/// The steps from the day an occurrence is counted from to its due date.
pub fn reckoning(model: &Model, occurrence: &Occurrence) -> Derivation {
    let obligation = &model.obligations[occurrence.obligation];
    match (&obligation.duty, occurrence.term) {
        (Duty::Periodic(rule), Term::Period(period)) => of_period(model, obligation, rule, period),
        (Duty::Interval(rule), Term::Since(day)) => {
            let calendar = &model.calendar;
            let moves = rule.on_holiday == OnHoliday::NextWorkingDay;
            let start = Derivation::from(day, obligation.ground);
            let nominal = match rule.gap.reckoned(model.settings.undated_events) {
                Ok(length) => start.forward(length, FirstDay::NextDay, calendar),
                Err(last) => start.set(StepKind::NamedDay, last.max(day)),
            };
            nominal.close(moves, calendar)
        }
        (Duty::Event(rule), Term::Event(event)) => {
            of_event(model, obligation, rule, &model.events[event])
        }
        // Only these three kinds of duties have occurrences, each with its own kind of term.
        _ => Derivation::from(occurrence.due, obligation.ground),
    }
}

/// The day from which acts count, as the case was judged: only a text makes a window.
pub fn earliest(model: &Model, occurrence: &Occurrence) -> Option<Day> {
    match (&model.obligations[occurrence.obligation].duty, occurrence.term) {
        (Duty::Periodic(rule), Term::Period(period)) => {
            Some(window::earliest(due_rule(rule, period), period, occurrence.opens))
        }
        (Duty::Event(rule), Term::Event(_)) if occurrence.due_basis != DueBasis::Letter => {
            matches!(rule.deadline, Deadline::WithinBefore(_)).then_some(occurrence.opens)
        }
        _ => None,
    }
}

fn of_period(
    model: &Model,
    obligation: &Obligation,
    rule: &Periodic,
    period: Period,
) -> Derivation {
    let calendar = &model.calendar;
    let start = Derivation::from(period.last_day(), obligation.ground);
    let due = due_rule(rule, period);
    let nominal = match due.day {
        DueDay::PeriodEnd => start.set(StepKind::SameDay, period.last_day()),
        DueDay::InMonth { months_after, day } => in_month(start, months_after, day),
        DueDay::Within(length) => start.forward(length, FirstDay::NextDay, calendar),
    };
    let closed = nominal.close(rule.on_holiday == OnHoliday::NextWorkingDay, calendar);
    match due.at {
        Some(at) => closed.until(at),
        None => closed,
    }
}

fn of_event(model: &Model, obligation: &Obligation, rule: &EventRule, event: &Event) -> Derivation {
    let calendar = &model.calendar;
    let from = rule.counted_from(event);
    let start = Derivation::from(from, obligation.ground);
    let (due, basis) = super::event::limit(rule, event);
    if let (Some(due), DueBasis::Letter) = (due, basis) {
        return start.set(StepKind::Letter, due).close(false, calendar);
    }
    if let Deadline::Hours(hours) = rule.deadline {
        let started = rule.started(event);
        return Derivation::of_hours(started, hours, obligation.ground);
    }
    let nominal = match rule.deadline {
        Deadline::Within(length) => start.forward(length, rule.first_day, calendar),
        Deadline::Before(length) => start.backward(length, calendar),
        Deadline::InMonth { months_after, day } => in_month(start, months_after, day),
        Deadline::SameDay
        | Deadline::OnOrBefore
        | Deadline::WithinBefore(_)
        | Deadline::Hours(_) => start.set(StepKind::SameDay, from),
        Deadline::DayBefore => {
            let before = from.pred_opt().unwrap_or(from);
            start.set(StepKind::DayBefore, before)
        }
        // The letter's day is not recorded; nothing is judged by the day that stands in for it.
        Deadline::Letter => {
            start.forward(model.settings.undated_events, FirstDay::NextDay, calendar)
        }
    };
    nominal.close(rule.on_holiday == OnHoliday::NextWorkingDay, calendar)
}

fn in_month(start: Derivation, months_after: u32, day: Option<u32>) -> Derivation {
    let end: Day = crate::model::obligation::in_month(start.day(), months_after, day);
    start.set(StepKind::DayOfMonth(months_after, day), end)
}
