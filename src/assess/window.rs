//! When an occurrence may and must be done: the first and the last day, inclusive.

use chrono::Days;

use super::occurrence::DueBasis;
use crate::model::obligation::in_month;
use crate::model::{DueDay, DueRule, Model, OnHoliday, Periodic};
use crate::time::{Day, Every, MissingYear, Moment, Period, Timeliness};

/// When an occurrence may and must be done.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub opens: Day,
    pub due: Day,
    pub advised: Option<Day>,
    pub calendar_known: bool,
    pub calendar_gap: Option<MissingYear>,
    pub basis: DueBasis,
    /// Acts before this day do not count; `None`: any day does. Only a text makes it.
    pub earliest: Option<Day>,
    /// A letter sets the limit, and its day is not recorded; the due date shown is none.
    pub limit_missing: bool,
    /// The end of a time in hours, as far as its start is recorded, or the time of the due day that the rule
    /// names; `due` is its last possible day.
    pub ends: Option<Moment>,
}

impl Window {
    /// A window that closes after hours. They run at once and through days off, so that the office
    /// calendar has no say (行政程序法第48條第1項).
    pub fn in_hours(opens: Day, ends: Moment) -> Self {
        let due = ends.day();
        Self {
            opens: opens.min(due),
            due,
            advised: None,
            calendar_known: true,
            calendar_gap: None,
            basis: DueBasis::Text,
            earliest: None,
            limit_missing: false,
            ends: Some(ends),
        }
    }

    /// Whether what was there at a moment was there in time: to the second where the time is in hours,
    /// else by the days.
    pub fn timeliness(&self, done: Moment) -> Timeliness {
        match self.ends {
            Some(ends) => done.against(ends),
            // A period ends with the end of its last day (民法第121條第1項).
            None if done.day() <= self.due => Timeliness::InTime,
            None => Timeliness::Late,
        }
    }

    /// The window of `period`, for a scope under the duty since `from`.
    pub fn of(model: &Model, rule: &Periodic, period: Period, from: Day) -> Self {
        let due_rule = due_rule(rule, period);
        let opens = match due_rule.day {
            DueDay::PeriodEnd => period.first_day().max(from),
            DueDay::InMonth { months_after: 0, .. } => period.first_day().max(from),
            DueDay::InMonth { .. } | DueDay::Within(_) => period.last_day() + Days::new(1),
        };
        let nominal = nominal_due(model, due_rule.day, period);
        let basis = if due_rule.site_default { DueBasis::SiteDefault } else { DueBasis::Text };
        let window = Self::closing(model, opens, nominal, rule.on_holiday, basis);
        Self {
            earliest: Some(earliest(due_rule, period, window.opens)),
            ends: due_rule.at.map(|at| at.on(window.due).into()),
            ..window
        }
    }

    /// A window that closes on `nominal` (counted with the year that the calendar misses, if any),
    /// moved as the rule says if that is a day off.
    pub fn closing(
        model: &Model,
        opens: Day,
        (nominal, calendar_gap): (Day, Option<MissingYear>),
        on_holiday: OnHoliday,
        basis: DueBasis,
    ) -> Self {
        let (due, unmoved) = match on_holiday {
            OnHoliday::Keep => (nominal, None),
            // 行政程序法第48條第4項: a last day that is a day off gives way to the day after it; on a Saturday,
            // to Monday morning, of which the whole day counts here.
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
            calendar_gap: calendar_gap.or(unmoved),
            basis,
            earliest: None,
            limit_missing: false,
            ends: None,
        }
    }
}

/// The day from which acts count. Only a text makes a window: where it only says by when, an act of
/// the period itself counts (design: Windows), even of days before the scope came under the duty.
pub fn earliest(rule: DueRule, period: Period, opens: Day) -> Day {
    let in_period = matches!(rule.day, DueDay::PeriodEnd | DueDay::InMonth { months_after: 0, .. });
    let by_text = rule.after_period || (in_period && !rule.site_default);
    if by_text { opens } else { period.first_day() }
}

/// The entry of `due` that holds for a period.
pub fn due_rule(rule: &Periodic, period: Period) -> DueRule {
    let half = Period::containing(period.first_day(), Every::HalfYear).index();
    let fits = |due: &&DueRule| due.half.is_none_or(|only| only == half);
    *rule.due.iter().find(fits).or(rule.due.first()).expect("a periodic rule has a due date")
}

/// The due date before it is moved, and the year the calendar misses to count it.
fn nominal_due(model: &Model, day: DueDay, period: Period) -> (Day, Option<MissingYear>) {
    let last = period.last_day();
    match day {
        DueDay::PeriodEnd => (last, None),
        // 行政程序法第48條第2、3項: the period's last day does not count.
        DueDay::Within(length) => length.near(last, &model.calendar),
        DueDay::InMonth { months_after, day } => (in_month(last, months_after, day), None),
    }
}
