//! Lengths of time as rules state them: `5 days`, `10 working days`, `3 months`, `1 year`.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

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

    /// The last day of this length counted from `day`, which itself does not count
    /// (行政程序法第48條第2項). Months end on the day of the same number, or on the month's last
    /// day where there is none (第48條第3項). Fails only for working days beyond the calendar.
    pub fn after(
        self,
        day: NaiveDate,
        calendar: &OfficeCalendar,
    ) -> Result<NaiveDate, MissingYear> {
        match self {
            Length::Days(n) => {
                Ok(day.checked_add_days(Days::new(n.into())).unwrap_or(NaiveDate::MAX))
            }
            Length::Months(n) => {
                Ok(day.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX))
            }
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

    /// The day this length before `day`, which itself does not count: 前10個工作日 is the tenth
    /// working day counted backward. Fails only for working days beyond the calendar.
    pub fn before(
        self,
        day: NaiveDate,
        calendar: &OfficeCalendar,
    ) -> Result<NaiveDate, MissingYear> {
        match self {
            Length::Days(n) => {
                Ok(day.checked_sub_days(Days::new(n.into())).unwrap_or(NaiveDate::MIN))
            }
            Length::Months(n) => {
                Ok(day.checked_sub_months(Months::new(n)).unwrap_or(NaiveDate::MIN))
            }
            Length::WorkingDays(n) => calendar.working_days_before(day, n),
        }
    }
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
    fn months_without_a_counterpart_end_with_the_month() {
        let calendar = OfficeCalendar::default();
        let months = |n| Length::Months(n);
        assert_eq!(months(6).after(day(2024, 8, 31), &calendar), Ok(day(2025, 2, 28)));
        assert_eq!(months(1).after(day(2024, 1, 31), &calendar), Ok(day(2024, 2, 29)));
        assert_eq!(months(48).after(day(2024, 2, 29), &calendar), Ok(day(2028, 2, 29)));
        assert_eq!(months(3).after(day(2024, 11, 30), &calendar), Ok(day(2025, 2, 28)));
    }
}
