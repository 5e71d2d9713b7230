//! The days of an occurrence reckoned again from its receipt: where its time starts, the steps to the
//! due date, when it opens.

use serde_json::Value;

use super::form::{DueForm, LimitForm, OccurrenceForm, RecordForm, RuleForm};
use super::moment::of_part;
use crate::model::obligation::in_month;
use crate::time::{
    Backward, Clock, Counted, Day, Every, FirstDay, Hours, Instant, Length, Moment, OfficeCalendar,
    Period,
};

/// What a receipt says of days that is not so; empty if all is.
pub fn faults(
    rule: &RuleForm,
    event: Option<&RecordForm>,
    one: &OccurrenceForm,
    calendar: &OfficeCalendar,
) -> Vec<String> {
    let Some(reckoned) = reckon(rule, event, one, calendar) else {
        return vec!["its due date cannot be reckoned".to_owned()];
    };
    let mut faults = Vec::new();
    if one.due_at.map(|at| at.0) != reckoned.ends() {
        faults.push("its time ends at another hour".to_owned());
    }
    let written: Vec<Day> = one.reckoning.iter().map(|step| step.day.0).collect();
    let due = reckoned.days.last().copied();
    if due != Some(one.due.0) {
        let due = due.map_or_else(String::new, |day| day.to_string());
        faults.push(format!("it is due on {due}, not on {}", one.due));
    } else if written != reckoned.days
        || one.reckoning.iter().map(|step| step.at.map(|at| at.0)).ne(reckoned.times())
    {
        faults.push("the steps to its due date are others".to_owned());
    }
    let opens = one.opens.0;
    let is_open = match reckoned.opens {
        Opens::On(day) => opens == day.min(one.due.0),
        Opens::Within(day) => (day..=one.due.0).contains(&opens),
    };
    if !is_open {
        faults.push(format!("it does not open on {}", one.opens));
    }
    if one.earliest.map(|day| day.0) != reckoned.earliest.map(|first| first.unwrap_or(opens)) {
        faults.push("acts count from another day".to_owned());
    }
    if one.calendar_gap.is_some() != reckoned.gap {
        faults.push("the office calendar reaches further, or not so far".to_owned());
    }
    if (one.due_basis.as_str(), one.limit_missing) != (reckoned.basis, reckoned.limit_missing) {
        faults.push(format!("its limit rests on {}", reckoned.basis));
    }
    faults
}

struct Reckoned {
    /// From the start to the due date.
    days: Vec<Day>,
    /// Of a time in hours: its start and its end.
    hours: Option<(Moment, Moment)>,
    /// The time of the due day that the rule names.
    clock: Option<Instant>,
    opens: Opens,
    /// Acts count from this day, or (`Some(None)`) from the opening; `None` from any day.
    earliest: Option<Option<Day>>,
    /// The office calendar does not reach: nothing is judged by the due date.
    gap: bool,
    /// `text`, `site-default` or `letter`.
    basis: &'static str,
    /// A letter sets the limit, and its day is not recorded.
    limit_missing: bool,
}

impl Reckoned {
    /// The last instant, where there is one.
    fn ends(&self) -> Option<Instant> {
        self.hours.map_or(self.clock, |(_, ends)| ends.at())
    }

    /// The times of the steps: of a time in hours of each, of a time that the rule names of the last.
    fn times(&self) -> Vec<Option<Instant>> {
        match self.hours {
            Some((start, end)) => vec![start.at(), end.at()],
            None => {
                let mut times = vec![None; self.days.len() - 1];
                times.push(self.clock);
                times
            }
        }
    }
}

/// When an event's time starts as far as its record says: with the last of its answers that starts it
/// anew, else when it happened, or was known.
fn started(rule: &RuleForm, event: &RecordForm) -> Option<Moment> {
    let answers = event.fields.get("answers").and_then(Value::as_array);
    let anew = answers.into_iter().flatten().rfind(|answer| {
        rule.anew.iter().any(|word| answer.get("what").and_then(Value::as_str) == Some(word))
    });
    match anew {
        Some(answer) => of_part(answer, ("on", "at")),
        None if rule.from_known => event.moment(("known_on", "known_at")),
        None => event.moment(("on", "at")),
    }
}

/// The start of an event's time as far as its record says, and its end so many hours on.
pub fn hours(rule: &RuleForm, event: Option<&RecordForm>) -> Option<(Moment, Moment)> {
    let LimitForm::Hours { hours } = rule.due.first()?.limit else { return None };
    let start = started(rule, event?)?;
    Some((start, start.after(Hours(hours))))
}

enum Opens {
    On(Day),
    /// On this day, or later if the scope came under the duty later.
    Within(Day),
}

fn reckon(
    rule: &RuleForm,
    event: Option<&RecordForm>,
    one: &OccurrenceForm,
    calendar: &OfficeCalendar,
) -> Option<Reckoned> {
    let of_event = |key: &str| event?.day(key);
    let period = one.period.as_ref().and_then(|period| Period::parse(period).ok());
    let start = match (period, one.since) {
        (Some(period), _) => period.last_day(),
        (None, Some(since)) => since.0,
        (None, None) => started(rule, event?)?.day(),
    };
    let due = due_of(rule, period)?;
    let is_letter = matches!(due.limit, LimitForm::Letter { .. });
    let mut days = vec![start];
    if let Some(letter) = of_event("due").filter(|_| is_letter || due.site_default) {
        days.extend([letter, letter]);
        return Some(Reckoned {
            days,
            hours: None,
            clock: None,
            opens: Opens::On(of_event("known_on")?),
            earliest: None,
            gap: false,
            basis: "letter",
            limit_missing: false,
        });
    }
    let hours = hours(rule, event);
    if let Some((start, end)) = hours {
        return Some(Reckoned {
            days: vec![start.day(), end.day()],
            hours,
            clock: None,
            opens: Opens::On(of_event("known_on")?),
            earliest: None,
            gap: false,
            basis: "text",
            limit_missing: false,
        });
    }
    let mut gap = false;
    let first_day = FirstDay::from_word(&rule.first_day)?;
    let mut moves = rule.on_holiday == "next-working-day";
    let mut opens = match (period, one.since) {
        (Some(period), _) => Opens::Within(period.first_day()),
        (None, Some(since)) => Opens::On(since.0),
        (None, None) => Opens::On(of_event("known_on")?),
    };
    // Within the period itself the window is the period; a limit after it makes none.
    let in_period = match &due.limit {
        LimitForm::SameDay => true,
        LimitForm::InMonth { months_after, .. } => *months_after == 0,
        _ => false,
    };
    let from_opens = due.after_period || (in_period && !due.site_default);
    let mut earliest = period.map(|period| (!from_opens).then(|| period.first_day()));
    let backward = |length: &str, counted: &str| {
        let before = Backward::new(Length::parse(length).ok()?, Counted::from_word(counted)?)?;
        Some(before.day_before(start, calendar).unwrap_or(start))
    };
    match &due.limit {
        LimitForm::SameDay => days.push(start),
        LimitForm::Day { date } => days.push(date.0.max(start)),
        LimitForm::DayBefore => days.push(start.pred_opt()?),
        // Hours run from an instant, and a period has none.
        LimitForm::Hours { .. } => return None,
        LimitForm::InMonth { months_after, day } => {
            days.push(in_month(start, *months_after, *day));
            if *months_after > 0 && period.is_some() {
                opens = Opens::On(start.succ_opt()?);
            }
        }
        LimitForm::Within { length } | LimitForm::Letter { length } => {
            moves &= !is_letter;
            let first_day = if is_letter { FirstDay::NextDay } else { first_day };
            let length = Length::parse(length).ok()?;
            let from = first_day.reckoned_from(start);
            if length.number() > 0 {
                days.push(from.succ_opt()?);
            }
            let (end, missing) = length.near(from, calendar);
            days.push(end);
            days.extend(missing.map(|_| end));
            gap = missing.is_some();
            if period.is_some() {
                opens = Opens::On(start.succ_opt()?);
            }
        }
        LimitForm::Before { length, counted } => days.push(backward(length, counted)?),
        LimitForm::WithinBefore { length, counted } => {
            opens = Opens::On(backward(length, counted)?);
            earliest = Some(None);
            days.push(start);
        }
    }
    let nominal = *days.last()?;
    let moved = if moves { calendar.on_or_after(nominal).ok() } else { Some(nominal) };
    gap |= moved.is_none();
    let last = moved.unwrap_or(nominal);
    days.push(last);
    let clock = due.at.as_deref().map(|at| Clock::parse(at).ok_or(())).transpose().ok()?;
    days.extend(clock.map(|_| last));
    let basis = match (is_letter, due.site_default) {
        (true, _) => "letter",
        (false, true) => "site-default",
        (false, false) => "text",
    };
    let limit_missing = is_letter && event.is_some();
    Some(Reckoned {
        days,
        hours,
        clock: clock.map(|at| at.on(last)),
        opens,
        earliest,
        gap,
        basis,
        limit_missing,
    })
}

/// The entry of `due` that holds for a period.
fn due_of(rule: &RuleForm, period: Option<Period>) -> Option<&DueForm> {
    let half = period.map(|period| Period::containing(period.first_day(), Every::HalfYear).index());
    let fits = |due: &&DueForm| due.half.is_none() || due.half == half;
    rule.due.iter().find(fits).or(rule.due.first())
}
