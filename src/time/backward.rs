//! Deadlines before a day: 前十日, 前10個工作日. Days only: a number of months before a day has no
//! ground in law (行政程序法第48條 counts forward), so there is none here.

use chrono::{Days, NaiveDate};

use super::{Length, MissingYear, OfficeCalendar};

/// A length of time before a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backward {
    length: Length,
    pub counted: Counted,
}

/// How days before a day are counted: both readings exist, and a rule says which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// The N-th day before it.
    #[default]
    NthDay,
    /// N days lie between the act and the day, neither of them counted (算足N日): one day earlier.
    ClearDays,
}

impl Counted {
    /// The words of rule files.
    pub const WORDS: &[&str] = &["nth-day", "clear-days"];

    /// The reading a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "nth-day" => Some(Counted::NthDay),
            "clear-days" => Some(Counted::ClearDays),
            _ => None,
        }
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Counted::NthDay => "nth-day",
            Counted::ClearDays => "clear-days",
        }
    }

    /// The reading that was not taken.
    pub fn other(self) -> Self {
        match self {
            Counted::NthDay => Counted::ClearDays,
            Counted::ClearDays => Counted::NthDay,
        }
    }
}

impl Backward {
    /// A length counted backward; `None` for months and years.
    pub fn new(length: Length, counted: Counted) -> Option<Self> {
        (!matches!(length, Length::Months(_))).then_some(Self { length, counted })
    }

    /// The length itself.
    pub fn length(self) -> Length {
        self.length
    }

    /// The last day on which what must come so long before `day` may be done; `day` itself does not
    /// count. It never moves later for a day off: 第48條第4項 is about the end of a period that runs
    /// forward. Fails only for working days beyond the calendar.
    pub fn day_before(
        self,
        day: NaiveDate,
        calendar: &OfficeCalendar,
    ) -> Result<NaiveDate, MissingYear> {
        let more = u32::from(self.counted == Counted::ClearDays);
        match self.length {
            Length::WorkingDays(n) => calendar.working_days_before(day, n + more),
            Length::Days(n) | Length::Months(n) => {
                let days = Days::new(u64::from(n) + u64::from(more));
                Ok(day.checked_sub_days(days).unwrap_or(NaiveDate::MIN))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_between_are_one_more_than_the_day_before() {
        let on = NaiveDate::from_ymd_opt(2026, 6, 11).expect("a day");
        let calendar = OfficeCalendar::default();
        for (counted, expected) in [(Counted::NthDay, 1), (Counted::ClearDays, 31)] {
            let before = Backward::new(Length::Days(10), counted).expect("days");
            let month = if expected == 31 { 5 } else { 6 };
            let day = NaiveDate::from_ymd_opt(2026, month, expected);
            assert_eq!(before.day_before(on, &calendar).ok(), day);
        }
        assert_eq!(Backward::new(Length::Months(1), Counted::NthDay), None);
    }
}
