//! The days of an occurrence reckoned again from its receipt: where its time starts, the steps to the
//! due date, when it opens.

use super::form::{DueForm, Iso, LimitForm, OccurrenceForm, RecordForm, RuleForm};
use crate::model::obligation::in_month;
use crate::time::{Backward, Counted, Day, Every, FirstDay, Length, OfficeCalendar, Period};

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
    let written: Vec<Day> = one.reckoning.iter().map(|step| step.day.0).collect();
    let due = reckoned.days.last().copied();
    if due != Some(one.due.0) {
        let due = due.map_or_else(String::new, |day| day.to_string());
        faults.push(format!("it is due on {due}, not on {}", one.due));
    } else if written != reckoned.days {
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
    faults
}

struct Reckoned {
    /// From the start to the due date.
    days: Vec<Day>,
    opens: Opens,
    /// Acts count from this day, or (`Some(None)`) from the opening; `None` from any day.
    earliest: Option<Option<Day>>,
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
    let of_event = |key: &str| day_of(event?, key);
    let period = one.period.as_ref().and_then(|period| Period::parse(period).ok());
    let start = match (period, one.since) {
        (Some(period), _) => period.last_day(),
        (None, Some(since)) => since.0,
        (None, None) => of_event(if rule.from_known { "known_on" } else { "on" })?,
    };
    let due = due_of(rule, period)?;
    let letter = (one.due_basis == "letter" && !one.limit_missing).then(|| of_event("due"));
    let mut days = vec![start];
    if let Some(letter) = letter {
        days.extend([letter?, letter?]);
        return Some(Reckoned { days, opens: Opens::On(of_event("known_on")?), earliest: None });
    }
    let first_day = FirstDay::from_word(&rule.first_day)?;
    let mut moves = rule.on_holiday == "next-working-day";
    let mut opens = match (period, one.since) {
        (Some(period), _) => Opens::Within(period.first_day()),
        (None, Some(since)) => Opens::On(since.0),
        (None, None) => Opens::On(of_event("known_on")?),
    };
    let mut earliest = period.map(|period| due.site_default.then(|| period.first_day()));
    let backward = |length: &str, counted: &str| {
        let before = Backward::new(Length::parse(length).ok()?, Counted::from_word(counted)?)?;
        Some(before.day_before(start, calendar).unwrap_or(start))
    };
    match &due.limit {
        LimitForm::SameDay => days.push(start),
        LimitForm::DayBefore => days.push(start.pred_opt()?),
        LimitForm::InMonth { months_after, day } => {
            days.push(in_month(start, *months_after, *day));
            if *months_after > 0 && period.is_some() {
                opens = Opens::On(start.succ_opt()?);
            }
        }
        LimitForm::Within { length } | LimitForm::Letter { length } => {
            let is_letter = matches!(due.limit, LimitForm::Letter { .. });
            moves &= !is_letter;
            let first_day = if is_letter { FirstDay::NextDay } else { first_day };
            let length = Length::parse(length).ok()?;
            let from = first_day.reckoned_from(start);
            if length.number() > 0 {
                days.push(from.succ_opt()?);
            }
            let (end, gap) = length.near(from, calendar);
            days.push(end);
            days.extend(gap.map(|_| end));
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
    let close = if moves { calendar.on_or_after(nominal).unwrap_or(nominal) } else { nominal };
    days.push(close);
    Some(Reckoned { days, opens, earliest })
}

/// The entry of `due` that holds for a period.
fn due_of(rule: &RuleForm, period: Option<Period>) -> Option<&DueForm> {
    let half = period.map(|period| Period::containing(period.first_day(), Every::HalfYear).index());
    let fits = |due: &&DueForm| due.half.is_none() || due.half == half;
    rule.due.iter().find(fits).or(rule.due.first())
}

/// A day of a record.
fn day_of(record: &RecordForm, key: &str) -> Option<Day> {
    let text = record.fields.get(key)?.as_str()?;
    Iso::try_from(text.to_owned()).ok().map(|day| day.0)
}
