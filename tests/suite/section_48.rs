//! Periods of days, weeks, months and years against 行政程序法第48條: a committed table, written by
//! `tests/oracle/section_48.py`, and the article's own cases counted here by hand over the 400 years
//! after which the calendar repeats.

use clausebook::time::{Day, Length, OfficeCalendar, parse_day};

use super::project::fixture;

/// A day counted by hand: year, month, day of the month.
type Date = (i32, u32, u32);

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next_day((year, month, day): Date) -> Date {
    match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (month, day) if day == days_in(year, month) => (year, month + 1, 1),
        (month, day) => (year, month, day + 1),
    }
}

/// The last day of `n` months, case by case as the article words them.
fn end_of_months(event: Date, n: u32) -> Date {
    // 始日不計算在內.
    let (year, month, day) = next_day(event);
    let at = |months: u32| {
        let whole = year * 12 + i32::try_from(month - 1 + months).expect("few months");
        (whole.div_euclid(12), u32::try_from(whole.rem_euclid(12)).expect("a month") + 1)
    };
    if day == 1 {
        // From the first day of a month: whole months, to the end of the last of them.
        let (year, month) = at(n - 1);
        return (year, month, days_in(year, month));
    }
    let (year, month) = at(n);
    if day > days_in(year, month) {
        // 於最後之月無相當日者，以其月之末日為期間之末日.
        return (year, month, days_in(year, month));
    }
    // 以…與起算日相當日之前一日為期間之末日.
    (year, month, day - 1)
}

fn day((year, month, day): Date) -> Day {
    Day::from_ymd_opt(year, month, day).expect("a day")
}

fn end(from: Day, length: Length) -> Day {
    length.after(from, &OfficeCalendar::default()).expect("no calendar is needed")
}

#[test]
fn every_period_ends_as_the_table_says() {
    let table = fixture("section-48.csv");
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [start, number, unit, expected] = cells[..] else { panic!("{line}") };
        let length = Length::parse(&format!("{number} {unit}")).expect("a length");
        let start = parse_day(start).expect("a day");
        assert_eq!(end(start, length), parse_day(expected).expect("a day"), "{line}");
        rows += 1;
    }
    assert_eq!(rows, 300);
}

#[test]
fn months_end_as_the_article_words_it_on_every_day_of_400_years() {
    let mut at = (2000, 1, 1);
    let mut days = 0;
    while at < (2400, 1, 1) {
        for n in [1, 3, 6, 12, 36] {
            assert_eq!(end(day(at), Length::Months(n)), day(end_of_months(at, n)), "{at:?} + {n}");
        }
        at = next_day(at);
        days += 1;
    }
    // The calendar repeats after these.
    assert_eq!(days, 146_097);
}

#[test]
fn every_number_of_months_up_to_six_years_ends_as_the_article_words_it() {
    let mut at = (2020, 1, 1);
    while at <= (2032, 12, 31) {
        for n in 1..=72 {
            assert_eq!(end(day(at), Length::Months(n)), day(end_of_months(at, n)), "{at:?} + {n}");
        }
        at = next_day(at);
    }
}

#[test]
fn weeks_end_on_the_day_of_the_week_they_were_counted_from() {
    let mut at = (2024, 1, 1);
    while at <= (2028, 12, 31) {
        for weeks in [1, 2, 8, 52] {
            let mut counted = at;
            for _ in 0..7 * weeks {
                counted = next_day(counted);
            }
            let length = Length::parse(&format!("{weeks} weeks")).expect("a length");
            assert_eq!(end(day(at), length), day(counted), "{at:?} + {weeks} weeks");
        }
        at = next_day(at);
    }
}
