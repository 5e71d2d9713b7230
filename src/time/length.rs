//! Lengths of time as rules state them: `5 days`, `10 working days`, `3 months`, `1 year`.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{MissingYear, OfficeCalendar};

/// A length of time. Years are twelve months, weeks seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    Days(u32),
    WorkingDays(u32),
    Months(u32),
}

/// The text is none of the known lengths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LengthError;

impl Length {
    /// Reads `5 days`, `1 week`, `10 working days`, `3 months`, `1 year`; singular or plural.
    pub fn parse(text: &str) -> Result<Self, LengthError> {
        let (number, unit) = text.trim().split_once(' ').ok_or(LengthError)?;
        let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let number: u32 = plain.then(|| number.parse().ok()).flatten().ok_or(LengthError)?;
        if number > 10_000 {
            return Err(LengthError);
        }
        match unit.trim() {
            "day" | "days" => Ok(Length::Days(number)),
            "week" | "weeks" => Ok(Length::Days(number * 7)),
            "working day" | "working days" => Ok(Length::WorkingDays(number)),
            "month" | "months" => Ok(Length::Months(number)),
            "year" | "years" => Ok(Length::Months(number * 12)),
            _ => Err(LengthError),
        }
    }

    /// How many of its unit.
    pub fn number(self) -> u32 {
        match self {
            Length::Days(n) | Length::WorkingDays(n) | Length::Months(n) => n,
        }
    }

    /// The last day of this length counted from `day`, inclusive: 行政程序法第48條第2、3項 (民法第120、121條
    /// ends on the same days). The day itself does not count. Months and years count from the day
    /// after it, and end on the day before the counterpart of that day; where the last month has
    /// no such day, they end with that month. Fails only for working days beyond the calendar.
    pub fn after(
        self,
        day: NaiveDate,
        calendar: &OfficeCalendar,
    ) -> Result<NaiveDate, MissingYear> {
        match self {
            Length::Days(n) => {
                Ok(day.checked_add_days(Days::new(n.into())).unwrap_or(NaiveDate::MAX))
            }
            Length::Months(n) => Ok(end_of_months(day, n).unwrap_or(NaiveDate::MAX)),
            Length::WorkingDays(n) => calendar.working_days_after(day, n),
        }
    }

    /// As [`Length::after`]; but where the calendar ends, weekdays count as worked, and the year
    /// that is missing is told: the day is near the true one, and not to be judged by.
    pub fn near(
        self,
        day: NaiveDate,
        calendar: &OfficeCalendar,
    ) -> (NaiveDate, Option<MissingYear>) {
        match (self.after(day, calendar), self) {
            (Ok(after), _) => (after, None),
            (Err(missing), Length::WorkingDays(n)) => {
                (OfficeCalendar::weekdays_after(day, n), Some(missing))
            }
            (Err(missing), _) => (day, Some(missing)),
        }
    }
}

/// The day before the counterpart, `n` months on, of the day after `day`. A counterpart that its
/// month lacks is taken for the first of the month after: the period then ends with the month
/// (第48條第3項但書), and one that begins on a first ends on a last.
fn end_of_months(day: NaiveDate, n: u32) -> Option<NaiveDate> {
    let first = day.succ_opt()?;
    let near = first.checked_add_months(Months::new(n))?;
    // `chrono` rounds a day that the month lacks down to its last: the period ends there.
    if near.day() == first.day() { near.pred_opt() } else { Some(near) }
}

impl fmt::Display for Length {
    /// The form [`Length::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Length::Days(n) => (n, "day"),
            Length::WorkingDays(n) => (n, "working day"),
            Length::Months(n) if n > 0 && n % 12 == 0 => (n / 12, "year"),
            Length::Months(n) => (n, "month"),
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["5 days", "1 day", "10 working days", "3 months", "1 year", "5 years"] {
            assert_eq!(Length::parse(text).map(|length| length.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(Length::parse("2 weeks"), Ok(Length::Days(14)));
        for text in
            ["", "5", "days", "-1 days", "1.5 months", "3 fortnights", "+3 days", "99999 days"]
        {
            assert_eq!(Length::parse(text), Err(LengthError), "{text}");
        }
    }

    #[test]
    fn months_end_the_day_before_the_counterpart_of_the_day_after() {
        let calendar = OfficeCalendar::default();
        let months = |n| Length::Months(n);
        for (from, n, end) in [
            (day(2026, 4, 29), 3, day(2026, 7, 29)),
            // From the first of a month to the last of one.
            (day(2026, 4, 30), 3, day(2026, 7, 31)),
            (day(2026, 2, 28), 6, day(2026, 8, 31)),
            (day(2025, 2, 28), 36, day(2028, 2, 29)),
            // From a day that the last month lacks to the end of that month.
            (day(2024, 1, 30), 1, day(2024, 2, 29)),
            (day(2024, 11, 29), 3, day(2025, 2, 28)),
            (day(2024, 2, 28), 12, day(2025, 2, 28)),
            (day(2026, 5, 5), 0, day(2026, 5, 5)),
        ] {
            assert_eq!(months(n).after(from, &calendar), Ok(end), "{from} + {n}");
        }
        assert_eq!(months(10_000).after(NaiveDate::MAX, &calendar), Ok(NaiveDate::MAX));
    }
}
