//! When an occurrence may and must be done: the first and the last day, inclusive.

use chrono::{Datelike, Days, Months};

use super::occurrence::{Occurrence, Required, Status, Term};
use crate::model::{DueDay, DueRule, Id, Model, Obligation, OnHoliday, Periodic, Scope};
use crate::time::{Day, Every, MissingYear, Period, last_day_of_month};

/// When an occurrence may and must be done.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub opens: Day,
    pub due: Day,
    pub advised: Option<Day>,
    pub calendar_known: bool,
    pub uncounted: Option<MissingYear>,
    pub site_default: bool,
}

impl Window {
    /// The window of `period`, for a scope under the duty since `from`.
    pub fn of(model: &Model, rule: &Periodic, period: Period, from: Day) -> Self {
        let due_rule = due_rule(rule, period);
        let opens = match due_rule.day {
            DueDay::PeriodEnd => period.first_day().max(from),
            DueDay::InMonth { months_after: 0, .. } => period.first_day().max(from),
            DueDay::InMonth { .. } | DueDay::Within(_) => period.last_day() + Days::new(1),
        };
        let nominal = nominal_due(model, due_rule.day, period);
        Self::closing(model, opens, nominal, rule.on_holiday, due_rule.site_default)
    }

    /// A window that closes on `nominal` (counted with the year that the calendar misses, if any),
    /// moved as the rule says if that is a day off.
    pub fn closing(
        model: &Model,
        opens: Day,
        (nominal, uncounted): (Day, Option<MissingYear>),
        on_holiday: OnHoliday,
        site_default: bool,
    ) -> Self {
        let (due, unmoved) = match on_holiday {
            OnHoliday::Keep => (nominal, None),
            OnHoliday::NextWorkingDay => match model.calendar.on_or_after(nominal) {
                Ok(day) => (day, None),
                Err(missing) => (nominal, Some(missing)),
            },
        };
        let advised = model.calendar.on_or_before(due);
        Self {
            opens: opens.min(due),
            due,
            advised: advised.ok().filter(|day| *day != due),
            calendar_known: advised.is_ok(),
            uncounted: uncounted.or(unmoved),
            site_default,
        }
    }

    /// An occurrence in this window of which nothing is known yet.
    pub fn occurrence(&self, obligation: Id<Obligation>, scope: Scope, term: Term) -> Occurrence {
        Occurrence {
            obligation,
            scope,
            term,
            opens: self.opens,
            due: self.due,
            advised: self.advised,
            calendar_known: self.calendar_known,
            uncounted: self.uncounted,
            site_default: self.site_default,
            status: Status::Upcoming,
            done_on: None,
            required: Required::default(),
            actual: Default::default(),
            months: Vec::new(),
            reasons: Vec::new(),
            acts: Vec::new(),
            findings: Vec::new(),
            evidence: Vec::new(),
            waiver: None,
        }
    }
}

fn due_rule(rule: &Periodic, period: Period) -> DueRule {
    let half = Period::containing(period.first_day(), Every::HalfYear).index();
    let fits = |due: &&DueRule| due.half.is_none_or(|only| only == half);
    *rule.due.iter().find(fits).or(rule.due.first()).expect("a periodic rule has a due date")
}

/// The due date before it is moved, and the year the calendar misses to count it.
fn nominal_due(model: &Model, day: DueDay, period: Period) -> (Day, Option<MissingYear>) {
    let last = period.last_day();
    match day {
        DueDay::PeriodEnd => (last, None),
        DueDay::Within(length) => length.near(last, &model.calendar),
        DueDay::InMonth { months_after, day } => {
            let first = last.with_day(1).unwrap_or(last);
            let month = first.checked_add_months(Months::new(months_after)).unwrap_or(first);
            let end = last_day_of_month(month.year(), month.month());
            (day.and_then(|day| month.with_day(day)).unwrap_or(end), None)
        }
    }
}
