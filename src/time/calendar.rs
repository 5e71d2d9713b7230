//! The office calendar: which days Taiwan's government offices work. Weekends are days off
//! unless listed as make-up working days; weekdays are working days unless listed as holidays.
//! Source: 政府行政機關辦公日曆表, published a year at a time; it may be revised within the year.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

/// Days off and make-up working days of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeCalendar {
    /// Years whose list is known in full.
    pub years: BTreeSet<i32>,
    /// Weekdays (or weekend days) off, with their names.
    pub holidays: BTreeMap<NaiveDate, String>,
    /// Weekend days that are worked, with their names.
    pub workdays: BTreeMap<NaiveDate, String>,
}

/// The calendar does not know a year that a count of working days runs through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingYear(pub i32);

impl fmt::Display for MissingYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the office calendar has no year {}", self.0)
    }
}

impl OfficeCalendar {
    /// Whether offices work on `day`.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, MissingYear> {
        if !self.years.contains(&day.year()) {
            return Err(MissingYear(day.year()));
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(self.workdays.contains_key(&day) || !(weekend || self.holidays.contains_key(&day)))
    }

    /// Whether offices work on `day`; of a year the calendar misses, whether it is none of a weekend.
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.is_working_day(day).unwrap_or(!weekend)
    }

    /// The `n`-th working day after `day`; `day` itself for 0.
    pub fn working_days_after(&self, day: NaiveDate, n: u32) -> Result<NaiveDate, MissingYear> {
        self.count(day, n, NaiveDate::succ_opt)
    }

    /// The `n`-th working day before `day`; `day` itself for 0.
    pub fn working_days_before(&self, day: NaiveDate, n: u32) -> Result<NaiveDate, MissingYear> {
        self.count(day, n, NaiveDate::pred_opt)
    }

    /// The `n`-th weekday after `day`, as if no year had holidays: what is left where the calendar
    /// ends.
    pub fn weekdays_after(day: NaiveDate, n: u32) -> NaiveDate {
        let is_weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let mut later = day.iter_days().skip(1).filter(is_weekday);
        n.checked_sub(1).map_or(day, |n| later.nth(n as usize).unwrap_or(NaiveDate::MAX))
    }

    /// `day` if it is worked, else the next day that is (行政程序法第48條第4項).
    pub fn on_or_after(&self, day: NaiveDate) -> Result<NaiveDate, MissingYear> {
        if self.is_working_day(day)? { Ok(day) } else { self.working_days_after(day, 1) }
    }

    /// `day` if it is worked, else the last day before it that is.
    pub fn on_or_before(&self, day: NaiveDate) -> Result<NaiveDate, MissingYear> {
        if self.is_working_day(day)? { Ok(day) } else { self.working_days_before(day, 1) }
    }

    fn count(
        &self,
        mut day: NaiveDate,
        mut n: u32,
        step: fn(&NaiveDate) -> Option<NaiveDate>,
    ) -> Result<NaiveDate, MissingYear> {
        while n > 0 {
            day = step(&day).ok_or(MissingYear(day.year()))?;
            if self.is_working_day(day)? {
                n -= 1;
            }
        }
        Ok(day)
    }
}
