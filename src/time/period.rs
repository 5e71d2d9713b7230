//! Calendar periods: days, weeks, months, quarters, half-years and years, named as in `2026-Q3`.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{last_day_of_month, parse_day};

/// How long the periods of a recurring duty are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Every {
    Day,
    /// ISO weeks, Monday to Sunday.
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl Every {
    /// The words of rule files.
    pub const WORDS: &[&str] = &["day", "week", "month", "quarter", "half-year", "year"];

    /// The period length a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "day" => Every::Day,
            "week" => Every::Week,
            "month" => Every::Month,
            "quarter" => Every::Quarter,
            "half-year" => Every::HalfYear,
            "year" => Every::Year,
            _ => return None,
        })
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::HalfYear => "half-year",
            Every::Year => "year",
        }
    }

    /// Months in a period; 0 for days and weeks.
    fn months(self) -> u32 {
        match self {
            Every::Day | Every::Week => 0,
            Every::Month => 1,
            Every::Quarter => 3,
            Every::HalfYear => 6,
            Every::Year => 12,
        }
    }
}

/// One calendar period. Ordered by length, then by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    every: Every,
    year: i32,
    /// From 1: the day, week, month, quarter or half of the year; always 1 for years.
    index: u32,
}

/// The text names no period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodError;

impl Period {
    /// The period of length `every` that `day` lies in. Weeks belong to their ISO year.
    pub fn containing(day: NaiveDate, every: Every) -> Self {
        match every {
            Every::Day => Self { every, year: day.year(), index: day.ordinal() },
            Every::Week => {
                Self { every, year: day.iso_week().year(), index: day.iso_week().week() }
            }
            _ => Self { every, year: day.year(), index: day.month0() / every.months() + 1 },
        }
    }

    /// The month `month` (1 to 12) of `year`.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { every: Every::Month, year, index: month })
    }

    /// Reads `2026-09-10`, `2026-09`, `2026-W37`, `2026-Q3`, `2026-H1` or `2026`.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        if text.len() == "2026-09-10".len() {
            let day = parse_day(text).map_err(|_| PeriodError)?;
            return Ok(Self::containing(day, Every::Day));
        }
        let (year, part) = text.split_once('-').map_or((text, None), |(y, p)| (y, Some(p)));
        let digits = |text: &str, len: usize| {
            (text.len() == len && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse::<u32>().ok())
                .flatten()
        };
        let year = digits(year, 4).and_then(|year| i32::try_from(year).ok()).ok_or(PeriodError)?;
        let (every, index, most) = match part {
            None => (Every::Year, Some(1), 1),
            Some(part) => match part.as_bytes().first() {
                Some(b'W') => (Every::Week, digits(&part[1..], 2), weeks_in(year)),
                Some(b'Q') => (Every::Quarter, digits(&part[1..], 1), 4),
                Some(b'H') => (Every::HalfYear, digits(&part[1..], 1), 2),
                _ => (Every::Month, digits(part, 2), 12),
            },
        };
        match index {
            Some(index) if (1..=most).contains(&index) && year > 0 => {
                Ok(Self { every, year, index })
            }
            _ => Err(PeriodError),
        }
    }

    /// The length of the period.
    pub fn every(self) -> Every {
        self.every
    }

    /// The Gregorian year; for weeks the ISO year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Which day, week, month, quarter or half of the year it is, from 1.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        match self.every {
            Every::Day => NaiveDate::from_yo_opt(self.year, self.index),
            Every::Week => NaiveDate::from_isoywd_opt(self.year, self.index, Weekday::Mon),
            _ => NaiveDate::from_ymd_opt(self.year, self.first_month(), 1),
        }
        .expect("a period is made only of days, weeks and months that exist")
    }

    /// The last day, inclusive.
    pub fn last_day(self) -> NaiveDate {
        match self.every {
            Every::Day => self.first_day(),
            Every::Week => self.first_day() + Days::new(6),
            every => last_day_of_month(self.year, self.first_month() + every.months() - 1),
        }
    }

    /// The period after this one.
    pub fn next(self) -> Self {
        Self::containing(self.last_day() + Days::new(1), self.every)
    }

    /// The months it consists of, in order; for a day or a week, the months its days lie in.
    pub fn months(self) -> Vec<Period> {
        let mut month = Self::containing(self.first_day(), Every::Month);
        let last = Self::containing(self.last_day(), Every::Month);
        let mut months = vec![month];
        while month != last {
            month = month.next();
            months.push(month);
        }
        months
    }

    /// Whether `day` lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::containing(day, self.every) == self
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Period) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    fn first_month(self) -> u32 {
        (self.index - 1) * self.every.months() + 1
    }
}

fn weeks_in(iso_year: i32) -> u32 {
    // 28 December always lies in the last ISO week of its year.
    NaiveDate::from_ymd_opt(iso_year, 12, 28).map_or(52, |day| day.iso_week().week())
}

impl fmt::Display for Period {
    /// The form [`Period::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, index) = (self.year, self.index);
        match self.every {
            Every::Day => write!(f, "{}", self.first_day()),
            Every::Week => write!(f, "{year:04}-W{index:02}"),
            Every::Month => write!(f, "{year:04}-{index:02}"),
            Every::Quarter => write!(f, "{year:04}-Q{index}"),
            Every::HalfYear => write!(f, "{year:04}-H{index}"),
            Every::Year => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Every; 6] =
        [Every::Day, Every::Week, Every::Month, Every::Quarter, Every::HalfYear, Every::Year];

    #[test]
    fn periods_of_a_length_cover_every_day_once() {
        for every in ALL {
            let mut at = Period::containing(NaiveDate::from_ymd_opt(2019, 12, 30).unwrap(), every);
            for _ in 0..600 {
                let next = at.next();
                assert_eq!(at.last_day().succ_opt(), Some(next.first_day()), "{at}");
                assert_eq!(Period::containing(at.first_day(), every), at);
                assert_eq!(Period::containing(at.last_day(), every), at);
                assert_eq!(Period::parse(&at.to_string()), Ok(at));
                at = next;
            }
        }
    }

    #[test]
    fn refuses_periods_that_do_not_exist() {
        for text in [
            "2025-02-29",
            "2026-9-010",
            "2026-13",
            "2026-00",
            "2026-Q5",
            "2026-H3",
            "2025-W53",
            "26-09",
            "2026-9",
            "x",
            "",
        ] {
            assert_eq!(Period::parse(text), Err(PeriodError), "{text}");
        }
        assert!(Period::parse("2026-W53").is_ok());
    }

    #[test]
    fn lists_its_months() {
        let months: Vec<_> =
            Period::parse("2026-H2").unwrap().months().iter().map(|m| m.to_string()).collect();
        assert_eq!(months, ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]);
    }
}
