//! Days as people write them: `2026-11-21`, `115-11-21`, `民國115年11月21日`.
//! The ROC calendar is the Gregorian one with years counted from 1912 as year 1.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// Years between the Gregorian count and the ROC count.
const ROC_OFFSET: i32 = 1911;

/// A Gregorian year in the ROC count: 115 for 2026. Years before the first stay as they are.
pub fn roc_year(year: i32) -> i32 {
    if year > ROC_OFFSET { year - ROC_OFFSET } else { year }
}

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayError {
    /// Written in no known form, or in one that can be read in two ways.
    Form,
    /// A known form, but no such day, such as 30 February.
    NoSuchDay,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DayError::Form => "is not written in a known form",
            DayError::NoSuchDay => "does not exist in the calendar",
        })
    }
}

/// Reads a day: ISO with four-digit year, or ROC with three-digit year (`099-01-31` included),
/// or `民國N年N月N日`. Two-digit years, slashes and undivided digits are refused.
pub fn parse_day(text: &str) -> Result<NaiveDate, DayError> {
    let (year, month, day) =
        split_long(text).or_else(|| split_short(text)).ok_or(DayError::Form)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DayError::NoSuchDay)
}

fn split_short(text: &str) -> Option<(i32, u32, u32)> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    let offset = match year.len() {
        4 => 0,
        3 => ROC_OFFSET,
        _ => return None,
    };
    let year = i32::try_from(digits(year)?).ok()?;
    (offset == 0 || year > 0).then_some(())?;
    Some((year + offset, digits(month)?, digits(day)?))
}

fn split_long(text: &str) -> Option<(i32, u32, u32)> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let rest = text.strip_prefix("中華民國").or_else(|| text.strip_prefix("民國"))?;
    let (year, rest) = rest.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let year = i32::try_from(digits(year)?).ok()?;
    (year > 0).then_some((year + ROC_OFFSET, digits(month)?, digits(day)?))
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// `民國115年11月21日`. Days before 1912 are written in the Gregorian count.
pub fn roc_long(day: NaiveDate) -> String {
    match day.year() - ROC_OFFSET {
        year if year > 0 => format!("民國{year}年{}月{}日", day.month(), day.day()),
        _ => format!("西元{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// `115-11-21`, for tables. Days before 1912 are written in the ISO form.
pub fn roc_short(day: NaiveDate) -> String {
    match day.year() - ROC_OFFSET {
        year if year > 0 => format!("{year:03}-{:02}-{:02}", day.month(), day.day()),
        _ => day.to_string(),
    }
}

/// The last day of a month (`month` from 1 to 12).
pub fn last_day_of_month(year: i32, month: u32) -> NaiveDate {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next_year, next_month, 1)
        .and_then(|first| first.pred_opt())
        .expect("every month of a year chrono knows has a last day")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn reads_the_three_forms() {
        for text in ["2026-11-21", "115-11-21", "民國115年11月21日", "中華民國 115 年 11 月 21 日"]
        {
            assert_eq!(parse_day(text), Ok(day(2026, 11, 21)), "{text}");
        }
        assert_eq!(parse_day("099-01-31"), Ok(day(2010, 1, 31)));
    }

    #[test]
    fn refuses_what_can_be_read_in_two_ways_or_does_not_exist() {
        for text in [
            "2026-1-2",
            "13-05-22",
            "13/05/22",
            "1130522",
            "000-01-01",
            "民國0年1月1日",
            "",
            "一一三",
            "2026-11-21T00:00",
            "-115-11-21",
            "民國前1年1月1日",
            "２０２６-11-21",
            "2026-11",
            "115.11.21",
        ] {
            assert_eq!(parse_day(text), Err(DayError::Form), "{text}");
        }
        for text in ["2026-02-29", "113-02-30", "2026-13-01", "民國113年4月31日", "2026-00-10"]
        {
            assert_eq!(parse_day(text), Err(DayError::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn every_day_of_roc_1_to_200_survives_both_forms() {
        let mut at = day(1912, 1, 1);
        while at <= day(2111, 12, 31) {
            assert_eq!(parse_day(&roc_long(at)), Ok(at));
            assert_eq!(parse_day(&roc_short(at)), Ok(at));
            at = at.succ_opt().expect("a next day");
        }
    }
}
