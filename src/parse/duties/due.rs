//! When a duty of a draft falls due: the named forms of `[due]` and `[deadline]` as values of the
//! keys `due` and `deadline`.

use chrono::Datelike;

use super::Read;
use super::patterns::{Hit, first};
use crate::time::{Day, last_day_of_month};

/// The value of `due` for a duty of the period `every`, read from its words.
pub fn due(every: &str, words: &str) -> Read {
    for hit in super::patterns::hits("due", words) {
        if let Some(value) = form(every, &hit) {
            return Read::new(value, hit.words);
        }
    }
    if let Some(now) = first("looks-at-now", words) {
        return Read::new("[{on: period-end}]".to_owned(), now.words);
    }
    match first("looks-back", words) {
        Some(hit) => Read::new("[{on: site-default}]".to_owned(), hit.words),
        None => Read::new("[{on: period-end}]".to_owned(), ""),
    }
}

fn form(every: &str, hit: &Hit<'_>) -> Option<String> {
    let day =
        |name: &str| hit.number(name).map_or_else(|| "last".to_owned(), |day| day.to_string());
    let one = |entry: String| Some(format!("[{entry}]"));
    match hit.value {
        "halves" if every == "half-year" => {
            let (first, second) = (hit.number("a")?, hit.number("c")?);
            let first = first + if next_year(hit.group("x")) { 12 } else { 0 };
            let second = second + if next_year(hit.group("y")) || second < 7 { 12 } else { 0 };
            let entry = |half: &str, months: u64, day: String| {
                format!("{{half: {half}, months_after: {months}, day: {day}}}")
            };
            Some(format!(
                "[{}, {}]",
                entry("H1", first.checked_sub(6)?, day("b")),
                entry("H2", second.checked_sub(12)?, day("d"))
            ))
        }
        "two-months" if every == "half-year" => {
            let (first, second) = (hit.number("a")?, hit.number("c")?);
            if second != first + 6 {
                return None;
            }
            match first {
                6 => one("{on: period-end}".to_owned()),
                months => one(format!("{{months_after: {months}, day: {}}}", day("d"))),
            }
        }
        "month-after" if !matches!(every, "day" | "week") => {
            one(format!("{{months_after: 1, day: {}}}", day("b")))
        }
        "within" => one(format!("{{within: {}}}", length(hit)?)),
        "year-month" if every == "year" => match hit.number("a")? {
            12 => one("{on: period-end}".to_owned()),
            months @ 1..=11 => one(format!("{{months_after: {months}, day: {}}}", day("b"))),
            _ => None,
        },
        "period-end" => one("{on: period-end}".to_owned()),
        _ => None,
    }
}

fn next_year(word: Option<&str>) -> bool {
    word.is_some_and(|word| word.starts_with(['次', '翌', '隔']))
}

/// A length as it is written in YAML: `10 working days`, `1 month`.
pub fn length(hit: &Hit<'_>) -> Option<String> {
    let unit = match hit.group("u").or(hit.group("v"))? {
        "個工作日" | "個工作天" | "工作日" | "工作天" => "working day",
        "個月" => "month",
        "年" => "year",
        "週" | "周" | "星期" => "week",
        "小時" => "hour",
        _ => "day",
    };
    let number = hit.number("n")?;
    Some(format!("{number} {unit}{}", if number == 1 { "" } else { "s" }))
}

/// A day of the calendar as it is written in YAML, `"115-12-31"`; `None` where there is no such month.
pub fn calendar_day(hit: &Hit<'_>) -> Option<String> {
    let (year, month) = (hit.number("a")?, hit.number("b")?);
    let year = if year < 1911 { year + 1911 } else { year };
    let (year, month) = (i32::try_from(year).ok()?, u32::try_from(month).ok()?);
    let first = Day::from_ymd_opt(year, month, 1).filter(|first| first.year() < 2200)?;
    let day = match hit.number("c") {
        Some(day) => Day::from_ymd_opt(year, month, u32::try_from(day).ok()?)?,
        None => last_day_of_month(first.year(), first.month()),
    };
    Some(day.to_string())
}

/// The value of `deadline` of an event that `words` lay down, if they name a limit.
pub fn deadline(words: &str) -> Option<Read> {
    let own = super::patterns::hits("deadline", words);
    // What somebody else has time for is no limit of the one who tells them.
    let mut own = own.take_while(|hit| hit.value != "theirs");
    own.find_map(|hit| {
        let value = match hit.value {
            "before" => format!("{{before: {}}}", length(&hit)?),
            // Hours run from an instant: 知悉後一小時內 from that of knowing.
            "within" if hit.group("u") == Some("小時") => {
                let from = if first("known", words).is_some() { ", from: known_on" } else { "" };
                format!("{{within: {}{from}}}", length(&hit)?)
            }
            "within" => format!("{{within: {}}}", length(&hit)?),
            "month-after" => format!("{{months_after: 1, day: {}}}", hit.number("b")?),
            on => format!("{{on: {on}}}"),
        };
        Some(Read::new(value, hit.words))
    })
}
