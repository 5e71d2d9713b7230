//! Which of several duties asks the most, one aspect at a time, and only where it can be told:
//! what is counted in different ways is never ranked.

use std::cmp::Ordering;

use super::sample::{Population, SampleRule};
use super::{
    Deadline, DueDay, Duty, EventKind, Id, KeepFrom, KeepWhat, Model, Obligation, Periodic,
    Retention,
};
use crate::time::{Counted, Every, Hours, Length};

/// One aspect of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The longest time between two acts.
    Frequency,
    /// When it falls due.
    Deadline,
    /// How many of so many records of use must be looked at.
    Records(u64),
    /// How many of so many users must be looked at.
    Users(u64),
    /// Hours of training in a year.
    Hours,
    /// How long papers are kept.
    Keep,
}

/// What a duty asks in one aspect. Two are compared only if they count in the same way.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// Months between two acts, at most.
    EveryMonths(u32),
    EveryDays(u32),
    /// By half-year: months after the period's last one, and the day of that month (31: the last).
    DueAfter(Every, [(u32, u32); 2]),
    /// So long after the end of the period.
    DueWithin(Every, Length),
    /// How long after an event of this word.
    Answer(Id<EventKind>, Deadline),
    /// A sample of a population.
    Sample(Population, u64),
    Hours(Every, u64),
    Keep(KeepWhat, KeepFrom, Length),
}

/// What came of comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// No duty says anything of it.
    Unsaid,
    /// Only the duty at this place does.
    Single(usize),
    /// All that say something ask the same.
    Same,
    /// Those at these places ask at least as much as every other one.
    Strictest(Vec<usize>),
    /// They count in different ways, or each asks more in some way.
    Incomparable,
}

/// What a duty asks in an aspect; `None` if it says nothing of it.
pub fn measure(model: &Model, id: Id<Obligation>, aspect: Aspect) -> Option<Measure> {
    let duty = &model.obligations[id].duty;
    let demand = duty.demand();
    match aspect {
        Aspect::Frequency => frequency(duty),
        Aspect::Deadline => deadline(duty),
        Aspect::Records(population) => {
            demand.and_then(|demand| sample(demand.sample.records.as_ref(), population))
        }
        Aspect::Users(population) => {
            demand.and_then(|demand| sample(demand.sample.users.as_ref(), population))
        }
        Aspect::Hours => match duty {
            Duty::Periodic(rule) if rule.demand.courses.is_empty() => {
                rule.demand.hours.map(|n| Measure::Hours(rule.every, n))
            }
            _ => None,
        },
        Aspect::Keep => {
            let rule = match duty {
                Duty::Retention(rule) => rule,
                _ => keeps(model, id).map(|(_, rule)| rule)?,
            };
            rule.term.length().map(|length| Measure::Keep(rule.what, rule.from, length))
        }
    }
}

/// The rule that keeps the papers of acts that answer a duty; the longest, if there are several.
pub fn keeps(model: &Model, id: Id<Obligation>) -> Option<(Id<Obligation>, &Retention)> {
    let duty = &model.obligations[id];
    let what = KeepWhat::of_acts(duty.duty.demand()?.answered_by)?;
    let rules = model.obligations.iter().filter_map(|(rule_id, rule)| match &rule.duty {
        Duty::Retention(keep) if rule.regulation == duty.regulation => Some((rule_id, keep)),
        _ => None,
    });
    let fits = |keep: &Retention| {
        keep.what == what && (keep.answering.is_empty() || keep.answering.contains(&id))
    };
    // Years have 365 days here: near enough to tell the longest of lengths that differ.
    let days = |length: Length| match length {
        Length::Days(n) | Length::WorkingDays(n) => 12 * u64::from(n),
        Length::Months(n) => 365 * u64::from(n),
    };
    rules.filter(|(_, keep)| fits(keep)).max_by_key(|(_, keep)| keep.term.length().map(days))
}

/// Ranks what several duties ask.
pub fn rank(measures: &[Option<Measure>]) -> Ranking {
    let said: Vec<(usize, &Measure)> =
        measures.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_ref()?))).collect();
    let at_least = |one: &Measure, other: &Measure| {
        matches!(compare(one, other), Some(Ordering::Greater | Ordering::Equal))
    };
    let strictest: Vec<usize> = said
        .iter()
        .filter(|(_, one)| said.iter().all(|(_, other)| at_least(one, other)))
        .map(|(at, _)| *at)
        .collect();
    match (said.as_slice(), strictest.len()) {
        ([], _) => Ranking::Unsaid,
        ([(at, _)], _) => Ranking::Single(*at),
        (_, 0) => Ranking::Incomparable,
        (said, count) if count == said.len() => Ranking::Same,
        _ => Ranking::Strictest(strictest),
    }
}

/// Which of two asks more; `None` if that cannot be told.
pub fn compare(one: &Measure, other: &Measure) -> Option<Ordering> {
    use Measure::*;
    match (one, other) {
        // A shorter time asks more.
        (EveryMonths(a), EveryMonths(b)) | (EveryDays(a), EveryDays(b)) => Some(b.cmp(a)),
        (EveryDays(days), EveryMonths(months)) => days_and_months(*days, *months),
        (EveryMonths(months), EveryDays(days)) => {
            days_and_months(*days, *months).map(Ordering::reverse)
        }
        (DueAfter(every, a), DueAfter(other, b)) if every == other => {
            let halves = [b[0].cmp(&a[0]), b[1].cmp(&a[1])];
            match halves {
                [x, y] if x == y => Some(x),
                [Ordering::Equal, y] => Some(y),
                [x, Ordering::Equal] => Some(x),
                _ => None,
            }
        }
        (DueWithin(every, a), DueWithin(other, b)) if every == other => {
            earlier(Deadline::Within(*a), Deadline::Within(*b))
        }
        (Answer(event, a), Answer(other, b)) if event == other => earlier(*a, *b),
        (Sample(of, a), Sample(other, b)) if of == other && is_shared(*of) => Some(a.cmp(b)),
        (Hours(every, a), Hours(other, b)) if every == other => Some(a.cmp(b)),
        (Keep(what, from, a), Keep(other, other_from, b))
            if (what, from) == (other, other_from) =>
        {
            match (a, b) {
                (Length::Months(a), Length::Months(b)) | (Length::Days(a), Length::Days(b)) => {
                    Some(a.cmp(b))
                }
                (Length::Months(months), Length::Days(days)) => days_and_months(*days, *months),
                (Length::Days(days), Length::Months(months)) => {
                    days_and_months(*days, *months).map(Ordering::reverse)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn frequency(duty: &Duty) -> Option<Measure> {
    match duty {
        Duty::Periodic(rule) => Some(match rule.every {
            Every::Day => Measure::EveryDays(1),
            Every::Week => Measure::EveryDays(7),
            Every::Month => Measure::EveryMonths(longest_gap(&rule.months)),
            Every::Quarter => Measure::EveryMonths(3),
            Every::HalfYear => Measure::EveryMonths(6),
            Every::Year => Measure::EveryMonths(12),
        }),
        Duty::Interval(rule) => match rule.gap.length().filter(|_| !rule.once)? {
            Length::Months(months) => Some(Measure::EveryMonths(months)),
            Length::Days(days) => Some(Measure::EveryDays(days)),
            Length::WorkingDays(_) => None,
        },
        _ => None,
    }
}

/// The most months between two of these months of the year. None stand for every month.
fn longest_gap(months: &[u32]) -> u32 {
    let mut months = months.to_vec();
    months.sort_unstable();
    let Some(first) = months.first() else { return 1 };
    let next = months.iter().skip(1).copied().chain([first + 12]);
    months.iter().zip(next).map(|(month, next)| next - month).max().unwrap_or(1)
}

fn deadline(duty: &Duty) -> Option<Measure> {
    match duty {
        Duty::Periodic(rule) => {
            let [first, second] = [1, 2].map(|half| due_in(rule, half));
            match (first?, second?) {
                (DueDay::Within(a), DueDay::Within(b)) if a == b => {
                    Some(Measure::DueWithin(rule.every, a))
                }
                (first, second) => {
                    Some(Measure::DueAfter(rule.every, [in_month(first)?, in_month(second)?]))
                }
            }
        }
        Duty::Event(rule) if !rule.site_default => Some(Measure::Answer(rule.event, rule.deadline)),
        _ => None,
    }
}

/// When a period of a half-year falls due by the text; `None` if the text states no date.
fn due_in(rule: &Periodic, half: u32) -> Option<DueDay> {
    let due = rule.due.iter().find(|due| due.half.is_none_or(|only| only == half))?;
    (!due.site_default).then_some(due.day)
}

fn in_month(day: DueDay) -> Option<(u32, u32)> {
    match day {
        DueDay::PeriodEnd => Some((0, 31)),
        DueDay::InMonth { months_after, day } => Some((months_after, day.unwrap_or(31))),
        DueDay::Within(_) => None,
    }
}

fn sample(draw: Option<&SampleRule>, population: u64) -> Option<Measure> {
    let draw = draw?;
    Some(Measure::Sample(draw.of, draw.tiers.size(population).required))
}

/// Whether a population is the same thing under every duty.
fn is_shared(of: Population) -> bool {
    matches!(of, Population::Queries | Population::Users | Population::Accounts)
}

/// `Greater` if so many days are shorter than so many months, of 28 to 31 days each.
fn days_and_months(days: u32, months: u32) -> Option<Ordering> {
    let (days, months) = (u64::from(days), u64::from(months));
    if days < 28 * months {
        Some(Ordering::Greater)
    } else if days > 31 * months {
        Some(Ordering::Less)
    } else {
        None
    }
}

/// `Greater` if so many hours always end before a deadline in days, `Less` if always after it.
fn hours_and(hours: Hours, other: Deadline) -> Option<Ordering> {
    let (fewest, most) = days_from_event(Deadline::Hours(hours));
    let (earliest, latest) = days_from_event(other);
    // The end of the day of the event plus so many days is no earlier than any hour of it.
    if most <= earliest {
        Some(Ordering::Greater)
    } else if fewest > latest {
        Some(Ordering::Less)
    } else {
        None
    }
}

/// Which of two answers is due earlier; `None` if it depends on the calendar.
fn earlier(one: Deadline, other: Deadline) -> Option<Ordering> {
    if one == other {
        return Some(Ordering::Equal);
    }
    // Hours end at the hour of the event, days with the day: as many hours ask more.
    match (one, other) {
        (Deadline::Hours(a), Deadline::Hours(b)) => return Some(b.cmp(&a)),
        (Deadline::Hours(hours), _) => return hours_and(hours, other),
        (_, Deadline::Hours(hours)) => return hours_and(hours, one).map(Ordering::reverse),
        _ => {}
    }
    let (a, b) = (days_from_event(one), days_from_event(other));
    if a == b && a.0 == a.1 {
        Some(Ordering::Equal)
    } else if a.1 < b.0 {
        Some(Ordering::Greater)
    } else if b.1 < a.0 {
        Some(Ordering::Less)
    } else {
        None
    }
}

/// The days from an event to its deadline: the fewest and the most it can be. An hour that ends on
/// the same day is none.
fn days_from_event(deadline: Deadline) -> (i64, i64) {
    let range = |length: Length| match length {
        Length::Days(n) => (i64::from(n), i64::from(n)),
        Length::WorkingDays(n) => (i64::from(n), i64::MAX),
        Length::Months(n) => (28 * i64::from(n), 31 * i64::from(n)),
    };
    match deadline {
        Deadline::SameDay | Deadline::OnOrBefore | Deadline::WithinBefore(_) => (0, 0),
        // A letter sets any day; a day of a month lies so many months on, at most.
        Deadline::Letter => (0, i64::MAX),
        Deadline::InMonth { months_after, .. } => {
            (28 * i64::from(months_after) - 31, 31 * (i64::from(months_after) + 1))
        }
        Deadline::DayBefore => (-1, -1),
        Deadline::Within(length) => range(length),
        // So many whole days of hours, and one more where the event comes late enough on its day.
        Deadline::Hours(Hours(n)) => {
            let (days, rest) = (i64::from(n) / 24, i64::from(n) % 24);
            (days, days + i64::from(rest > 0))
        }
        Deadline::Before(length) => {
            // Clear days lie between the act and the event: one day more.
            let more = i64::from(length.counted == Counted::ClearDays);
            let (least, most) = range(length.length());
            (-most.saturating_add(more), -least.saturating_add(more))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Backward;

    fn said(measures: &[Measure]) -> Ranking {
        rank(&measures.iter().cloned().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn the_shorter_time_is_the_stricter() {
        use Measure::{EveryDays, EveryMonths};
        assert_eq!(
            said(&[EveryMonths(3), EveryMonths(1), EveryMonths(6)]),
            Ranking::Strictest(vec![1])
        );
        assert_eq!(said(&[EveryMonths(6), EveryMonths(6)]), Ranking::Same);
        assert_eq!(said(&[EveryDays(7), EveryMonths(1)]), Ranking::Strictest(vec![0]));
        assert_eq!(said(&[EveryDays(30), EveryMonths(1)]), Ranking::Incomparable);
        assert_eq!(said(&[EveryDays(32), EveryMonths(1)]), Ranking::Strictest(vec![1]));
        assert_eq!(rank(&[None, Some(EveryDays(7)), None]), Ranking::Single(1));
        assert_eq!(rank(&[None, None]), Ranking::Unsaid);
    }

    #[test]
    fn months_of_the_year_are_as_far_apart_as_the_farthest_two() {
        assert_eq!(longest_gap(&[]), 1);
        assert_eq!(longest_gap(&[4]), 12);
        assert_eq!(longest_gap(&[7, 1]), 6);
        assert_eq!(longest_gap(&[1, 2]), 11);
        assert_eq!(longest_gap(&[2, 5, 8, 11]), 3);
    }

    #[test]
    fn hours_are_ranked_with_days_where_they_always_end_earlier_or_later() {
        let answer = |deadline| Measure::Answer(Id::new(0), deadline);
        let hours = |n| answer(Deadline::Hours(Hours(n)));
        let days = |n| answer(Deadline::Within(Length::Days(n)));
        assert_eq!(said(&[hours(72), hours(1), hours(8)]), Ranking::Strictest(vec![1]));
        // 24 hours from any time of a day end before the next day does; 25 may end a day later.
        assert_eq!(said(&[days(1), hours(24)]), Ranking::Strictest(vec![1]));
        assert_eq!(said(&[days(1), hours(25)]), Ranking::Incomparable);
        assert_eq!(said(&[days(1), hours(48)]), Ranking::Strictest(vec![0]));
        // From 23:30 an hour ends on the next day.
        assert_eq!(said(&[answer(Deadline::SameDay), hours(1)]), Ranking::Incomparable);
        assert_eq!(said(&[answer(Deadline::SameDay), hours(24)]), Ranking::Strictest(vec![0]));
    }

    #[test]
    fn deadlines_are_ranked_only_where_no_calendar_is_asked() {
        let leaves = |deadline| Measure::Answer(Id::new(1), deadline);
        let ten = Backward::new(Length::WorkingDays(10), Counted::NthDay).expect("days");
        let before = leaves(Deadline::Before(ten));
        let day_before = leaves(Deadline::DayBefore);
        let same_day = leaves(Deadline::SameDay);
        assert_eq!(said(&[day_before.clone(), before, same_day]), Ranking::Strictest(vec![1]));
        let within = |length| leaves(Deadline::Within(length));
        assert_eq!(
            said(&[within(Length::WorkingDays(5)), within(Length::Days(7))]),
            Ranking::Incomparable
        );
        assert_eq!(
            said(&[within(Length::WorkingDays(5)), within(Length::Days(4))]),
            Ranking::Strictest(vec![1])
        );
        let other = Measure::Answer(Id::new(2), Deadline::SameDay);
        assert_eq!(said(&[day_before, other]), Ranking::Incomparable, "another event");
        let halves = |a, b| Measure::DueAfter(Every::HalfYear, [a, b]);
        assert_eq!(
            said(&[halves((2, 31), (2, 31)), halves((2, 31), (3, 10))]),
            Ranking::Strictest(vec![0])
        );
        assert_eq!(
            said(&[halves((2, 31), (2, 31)), halves((1, 31), (3, 10))]),
            Ranking::Incomparable
        );
    }

    #[test]
    fn papers_are_ranked_only_where_they_are_kept_from_the_same_day() {
        let keep = |from, months| Measure::Keep(KeepWhat::Audits, from, Length::Months(months));
        assert_eq!(
            said(&[keep(KeepFrom::Completion, 36), keep(KeepFrom::Completion, 60)]),
            Ranking::Strictest(vec![1])
        );
        let days = |n| Measure::Keep(KeepWhat::Audits, KeepFrom::Completion, Length::Days(n));
        let years_five = keep(KeepFrom::Completion, 60);
        assert_eq!(said(&[years_five.clone(), days(3_650)]), Ranking::Strictest(vec![1]));
        assert_eq!(said(&[days(365), years_five.clone()]), Ranking::Strictest(vec![1]));
        assert_eq!(said(&[days(1_826), years_five]), Ranking::Incomparable);
        assert_eq!(
            said(&[keep(KeepFrom::Completion, 36), keep(KeepFrom::PeriodEnd, 60)]),
            Ranking::Incomparable
        );
    }
}
