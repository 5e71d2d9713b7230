//! How things stood before the as-of date: what was known on earlier days, assessed. Only
//! occurrences are, because what they hang on is dated; the last use of an account, say, is not
//! kept for every day, so that checks of earlier days could not be told.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months};
use rayon::prelude::*;

use super::settled::Settlements;
use crate::assess::{Assessment, Occurrence, OccurrenceId, Status, Term, occurrences};
use crate::model::{Id, Known, Model, Obligation, Scope};
use crate::time::Day;

/// What an assessment is compared with.
#[derive(Debug)]
pub struct History {
    /// The last days of the twelve months before the as-of date, the oldest first, and then the
    /// as-of date itself.
    pub snapshots: Vec<Snapshot>,
    /// The same day of the month before the as-of date, or that month's last if it has no such day.
    pub before: Day,
    /// What became of occurrences since then, in their order.
    pub turns: Vec<StatusChange>,
}

/// How many occurrences had each status as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub as_of: Day,
    counts: [usize; Status::ALL.len()],
    /// Of these, failures that had been settled by then.
    settled: [usize; Status::ALL.len()],
}

/// An occurrence of which something became between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusChange {
    pub occurrence: OccurrenceId,
    /// On the earlier day; `None` if there was no such occurrence.
    pub was: Option<Status>,
    pub turn: ChangeKind,
}

/// What became of an occurrence between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It fails, and did not or in another way.
    Overdue,
    Deficient,
    Unknown,
    /// It failed, and does not any more.
    Resolved,
    /// It was done without having failed on the earlier day.
    Done,
}

/// So many months are looked back.
const MONTHS: u32 = 12;

/// What an occurrence is the same by on another day.
type Key = (Id<Obligation>, Scope, Term);

/// Assesses the ends of the last months, and compares with the month before.
pub fn history(known: &Known, assessment: &Assessment) -> History {
    let as_of = known.as_of();
    let before = as_of.checked_sub_months(Months::new(1)).unwrap_or(Day::MIN);
    let first = as_of.with_day(1).unwrap_or(as_of);
    let ends = (0..MONTHS).rev().filter_map(|back| {
        first.checked_sub_months(Months::new(back))?.checked_sub_days(Days::new(1))
    });
    let days: Vec<Day> = std::iter::once(before).chain(ends).collect();
    let mut past: Vec<(Snapshot, HashMap<Key, Status>)> = days
        .par_iter()
        .map(|day| {
            let earlier = known.earlier(*day);
            let lists = occurrences(&earlier);
            let rows = || lists.iter().flatten();
            let statuses = match *day == before {
                true => rows().map(|row| (key(row), row.status)).collect(),
                false => HashMap::new(),
            };
            (Snapshot::of(&earlier, *day, rows()), statuses)
        })
        .collect();
    let (_, statuses) = past.remove(0);
    let mut snapshots: Vec<Snapshot> = past.into_iter().map(|(snapshot, _)| snapshot).collect();
    snapshots.push(Snapshot::of(known, as_of, &assessment.occurrences));
    let turn = |(id, row): (OccurrenceId, &Occurrence)| {
        let was = statuses.get(&key(row)).copied();
        Some(StatusChange { occurrence: id, was, turn: ChangeKind::between(was, row.status)? })
    };
    History { snapshots, before, turns: assessment.iter().filter_map(turn).collect() }
}

fn key(occurrence: &Occurrence) -> Key {
    (occurrence.obligation, occurrence.scope, occurrence.term)
}

impl Snapshot {
    fn of<'a>(
        model: &Model,
        as_of: Day,
        occurrences: impl IntoIterator<Item = &'a Occurrence>,
    ) -> Self {
        let mut counts = [0; Status::ALL.len()];
        let mut settled = [0; Status::ALL.len()];
        let settlements = Settlements::new(model, as_of);
        for occurrence in occurrences {
            counts[occurrence.status as usize] += 1;
            settled[occurrence.status as usize] +=
                usize::from(settlements.of(occurrence).is_some());
        }
        Self { as_of, counts, settled }
    }

    /// How many had a status and were not settled.
    pub fn open(&self, status: Status) -> usize {
        self.count(status) - self.settled[status as usize]
    }

    /// Failures that had been settled.
    pub fn settled(&self) -> usize {
        self.settled.iter().sum()
    }

    /// How many had a status.
    pub fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// Done, in time or late.
    pub fn met(&self) -> usize {
        self.count(Status::Done) + self.count(Status::DoneLate)
    }

    /// Overdue, deficient or unknown, and not settled.
    pub fn failing(&self) -> usize {
        Status::FAILING.into_iter().map(|status| self.open(status)).sum()
    }

    /// Met, failing and settled together.
    pub fn judged(&self) -> usize {
        self.met() + self.failing() + self.settled()
    }

    /// All there were, foreseen ones included.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

impl ChangeKind {
    /// Every turn, what asks for action first.
    pub const ALL: [ChangeKind; 5] = [
        ChangeKind::Overdue,
        ChangeKind::Deficient,
        ChangeKind::Unknown,
        ChangeKind::Resolved,
        ChangeKind::Done,
    ];

    /// The word of its texts, and the fragment of its part of the page.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Overdue => "newly-overdue",
            ChangeKind::Deficient => "newly-deficient",
            ChangeKind::Unknown => "newly-unknown",
            ChangeKind::Resolved => "resolved",
            ChangeKind::Done => "newly-done",
        }
    }

    /// What became of an occurrence; `was` is `None` if there was none. Nothing worth telling is
    /// `None`: it opened, say.
    fn between(was: Option<Status>, is: Status) -> Option<Self> {
        if was == Some(is) {
            return None;
        }
        let failed = was.is_some_and(Status::is_failing);
        match is {
            Status::Overdue => Some(ChangeKind::Overdue),
            Status::Deficient => Some(ChangeKind::Deficient),
            Status::Unknown => Some(ChangeKind::Unknown),
            _ if failed => Some(ChangeKind::Resolved),
            _ if was.is_some_and(is_met) => None,
            Status::Done | Status::DoneLate => Some(ChangeKind::Done),
            _ => None,
        }
    }
}

fn is_met(status: Status) -> bool {
    matches!(status, Status::Done | Status::DoneLate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_told_once_and_only_if_something_turned() {
        use Status::*;
        for (was, is, turn) in [
            (None, Overdue, Some(ChangeKind::Overdue)),
            (Some(Open), Overdue, Some(ChangeKind::Overdue)),
            (Some(Overdue), Overdue, None),
            (Some(Overdue), Deficient, Some(ChangeKind::Deficient)),
            (Some(Open), Deficient, Some(ChangeKind::Deficient)),
            (Some(Done), Deficient, Some(ChangeKind::Deficient)),
            (Some(DueSoon), Unknown, Some(ChangeKind::Unknown)),
            (Some(Overdue), DoneLate, Some(ChangeKind::Resolved)),
            (Some(Deficient), Done, Some(ChangeKind::Resolved)),
            (Some(Unknown), Waived, Some(ChangeKind::Resolved)),
            (Some(Unknown), NotApplicable, Some(ChangeKind::Resolved)),
            (Some(Open), Done, Some(ChangeKind::Done)),
            (None, DoneLate, Some(ChangeKind::Done)),
            (Some(Done), DoneLate, None),
            (Some(Upcoming), Open, None),
            (None, Upcoming, None),
            (Some(Open), Waived, None),
        ] {
            assert_eq!(ChangeKind::between(was, is), turn, "{was:?} → {is:?}");
        }
        for was in Status::ALL {
            assert_eq!(ChangeKind::between(Some(was), was), None);
        }
    }
}
