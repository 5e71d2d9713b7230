//! When something was, as far as it is recorded: the time of it, or its day alone. Times in hours are
//! judged by it, and whatever the day leaves open stays open.

use super::{Day, Hours, Instant};

/// From the earliest to the latest instant it can have been, both inclusive, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    from: Instant,
    until: Instant,
}

/// How a moment lies to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    InTime,
    Late,
    /// What is recorded of the two leaves it open.
    Open,
}

impl Moment {
    /// On a day, at the time if it is recorded. The two agree: it is checked where they are read.
    pub fn of(day: Day, at: Option<Instant>) -> Self {
        at.map_or_else(|| day.into(), Self::from)
    }

    /// The latest day it can have been, in Taiwan.
    pub fn day(self) -> Day {
        self.until.day()
    }

    /// The instant, if it is recorded.
    pub fn at(self) -> Option<Instant> {
        (self.from == self.until).then_some(self.from)
    }

    /// The later of two: what needs both was there then.
    pub fn max(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), until: self.until.max(other.until) }
    }

    /// The earliest instant it can have been.
    pub fn earliest(self) -> Instant {
        self.from
    }

    /// The order in which to take things of which the earliest that is certain counts.
    pub fn certain_by(self) -> (Instant, Instant) {
        (self.until, self.from)
    }

    /// So many hours on: they run at once and do not stop (行政程序法第48條第1項, 民法第120條第1項).
    pub fn after(self, hours: Hours) -> Self {
        Self { from: self.from.after(hours), until: self.until.after(hours) }
    }

    /// Whether it is certainly earlier.
    pub fn is_before(self, other: Self) -> bool {
        self.until < other.from
    }

    /// How it lies to a limit, which is inclusive.
    pub fn against(self, limit: Self) -> Timeliness {
        if self.until <= limit.from {
            Timeliness::InTime
        } else if self.from > limit.until {
            Timeliness::Late
        } else {
            Timeliness::Open
        }
    }
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self { from: Instant::first_of(day), until: Instant::last_of(day) }
    }
}

impl From<Instant> for Moment {
    fn from(at: Instant) -> Self {
        Self { from: at, until: at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Instant::parse(text).expect("an instant").into()
    }

    fn day(text: &str) -> Moment {
        text.parse::<Day>().expect("a day").into()
    }

    #[test]
    fn the_limit_itself_is_in_time_and_the_second_after_it_is_late() {
        let limit = at("2026-11-20T16:40").after(Hours(1));
        assert_eq!(at("2026-11-20T17:40").against(limit), Timeliness::InTime);
        assert_eq!(at("2026-11-20T17:40:01").against(limit), Timeliness::Late);
        assert_eq!(at("2026-11-20T09:40Z").against(limit), Timeliness::InTime);
    }

    #[test]
    fn a_day_decides_only_where_it_is_another_than_the_limits() {
        let limit = at("2026-11-20T16:40").after(Hours(72));
        assert_eq!(day("2026-11-22").against(limit), Timeliness::InTime);
        assert_eq!(day("2026-11-23").against(limit), Timeliness::Open);
        assert_eq!(day("2026-11-24").against(limit), Timeliness::Late);
        // Of the event only the day is known: the limit lies on the third day after it, or at its end.
        let limit = day("2026-11-20").after(Hours(72));
        assert_eq!(limit.day().to_string(), "2026-11-23");
        assert_eq!(at("2026-11-22T23:59").against(limit), Timeliness::InTime);
        assert_eq!(at("2026-11-23T00:00").against(limit), Timeliness::InTime);
        assert_eq!(at("2026-11-23T00:01").against(limit), Timeliness::Open);
        assert_eq!(at("2026-11-24T00:00").against(limit), Timeliness::Late);
    }

    #[test]
    fn of_several_the_last_counts_as_far_as_it_is_known() {
        let both = at("2026-11-20T16:40").max(day("2026-11-20"));
        assert_eq!((both.at(), both.day().to_string().as_str()), (None, "2026-11-20"));
        assert_eq!(both.against(at("2026-11-20T16:39")), Timeliness::Late);
        assert!(at("2026-11-20T16:40").is_before(day("2026-11-21")));
        assert!(!at("2026-11-20T16:40").is_before(day("2026-11-20")));
    }
}
