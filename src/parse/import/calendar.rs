//! The office calendar of a year as 行政院人事行政總處 publishes it (西元日期, 星期, 是否放假, 備註): its rows
//! become days off and make-up days, what differs from `content/calendar.yaml` is listed, and the
//! file is changed line by line, so that comments and everything else in it stay.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use crate::parse::quote::quoted;
use crate::parse::sheet::{Book, Cell, Sheet, address};
use crate::time::{Day, OfficeCalendar, parse_day};

/// A year as published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedYear {
    /// Weekdays off, with what the calendar calls them.
    pub holidays: BTreeMap<Day, String>,
    /// Saturdays and Sundays that are worked.
    pub workdays: BTreeMap<Day, String>,
}

/// A day that a published calendar has otherwise than the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayDifference {
    pub day: Day,
    /// `holidays` or `workdays`.
    pub list: &'static str,
    /// What the site says; `None` where the day is not in its list.
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Reads the years of a file. The error names the cell, or what is missing.
pub fn published(book: &Book) -> Result<BTreeMap<i32, PublishedYear>, String> {
    let sheet = book.sheets.first().ok_or("the file has no sheet")?;
    let (head, columns) = columns(sheet).ok_or(
        "no row has the columns 西元日期 and 是否放假, as the published calendars have them",
    )?;
    let mut years: BTreeMap<i32, PublishedYear> = BTreeMap::new();
    let mut seen: BTreeMap<i32, u32> = BTreeMap::new();
    let mut last: Option<Day> = None;
    for row in head + 1..sheet.rows.len() {
        let cell = sheet.cell(row, columns.date);
        if cell.is_empty() {
            continue;
        }
        let at = address(row, columns.date);
        let day = day(cell).ok_or_else(|| {
            format!("{at}: `{}` is no day such as 20260101 or 2026/1/1", cell.text())
        })?;
        if last.is_some_and(|last| last >= day) {
            return Err(format!("{at}: {day} does not come after the day before it"));
        }
        last = Some(day);
        *seen.entry(day.year()).or_default() += 1;
        let year = years.entry(day.year()).or_default();
        let name = columns.note.map(|at| sheet.cell(row, at).text()).unwrap_or_default();
        let weekend = day.weekday().number_from_monday() > 5;
        match (sheet.cell(row, columns.off).text().as_str(), weekend) {
            ("0" | "0.0", true) => {
                let name = if name.is_empty() { "補行上班".to_owned() } else { name };
                year.workdays.insert(day, name);
            }
            ("2" | "2.0", false) => {
                let name = if name.is_empty() { "放假".to_owned() } else { name };
                year.holidays.insert(day, name);
            }
            ("0" | "0.0" | "2" | "2.0", _) => {}
            (other, _) => {
                let at = address(row, columns.off);
                return Err(format!("{at}: `{other}` is neither 0 (上班) nor 2 (放假)"));
            }
        }
    }
    for (year, count) in &seen {
        let whole = if Day::from_ymd_opt(*year, 2, 29).is_some() { 366 } else { 365 };
        if *count != whole {
            return Err(format!("the file has {count} of the {whole} days of {year}"));
        }
    }
    if years.is_empty() { Err("the file has no days".to_owned()) } else { Ok(years) }
}

/// What differs from the calendar of the site, in the order of the days.
pub fn day_differences(
    known: &OfficeCalendar,
    years: &BTreeMap<i32, PublishedYear>,
) -> Vec<DayDifference> {
    let mut found = Vec::new();
    for (year, published) in years {
        let own = |day: &Day| day.year() == *year;
        for (list, old, new) in [
            ("holidays", &known.holidays, &published.holidays),
            ("workdays", &known.workdays, &published.workdays),
        ] {
            for (day, name) in old.iter().filter(|(day, _)| own(day)) {
                match new.get(day) {
                    Some(now) if now == name => {}
                    now => found.push(DayDifference {
                        day: *day,
                        list,
                        old: Some(name.clone()),
                        new: now.cloned(),
                    }),
                }
            }
            for (day, name) in new.iter().filter(|(day, _)| !old.contains_key(*day)) {
                let new = Some(name.clone());
                found.push(DayDifference { day: *day, list, old: None, new });
            }
        }
    }
    found.sort_by_key(|difference| (difference.day, difference.list));
    found
}

/// The file with the years as published: lines of days that differ are taken out, changed or put in,
/// new years come at the end of `years`. The error says why the file's form does not allow it.
pub fn rewritten(text: &str, years: &BTreeMap<i32, PublishedYear>) -> Result<String, String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if !lines.iter().any(|line| line.trim_end() == "years:") {
        lines.push("years:".to_owned());
    }
    for (year, published) in years {
        rewrite_year(&mut lines, *year, published)?;
    }
    Ok(lines.join("\n") + "\n")
}

fn rewrite_year(
    lines: &mut Vec<String>,
    year: i32,
    published: &PublishedYear,
) -> Result<(), String> {
    let key = |line: &str| line.trim().trim_matches(['"', '\'']).to_owned();
    let heads = [format!("{year}:"), format!("\"{year}\":"), format!("'{year}':")];
    if let Some(line) = lines.iter().find(|line| {
        heads
            .iter()
            .any(|head| key(line).starts_with(head.trim_matches(['"', '\''])) && line.contains('{'))
    }) {
        return Err(format!("the year is written in one line, `{}`", line.trim()));
    }
    let at = lines.iter().position(|line| {
        let bare = line.split(" #").next().unwrap_or_default().trim();
        heads.iter().any(|head| bare == head)
    });
    let Some(at) = at else {
        let years = lines.iter().position(|line| line.trim_end() == "years:").unwrap_or(0);
        let end = block_end(lines, years);
        let mut block = vec![format!("  {year}:")];
        for (list, days) in [("holidays", &published.holidays), ("workdays", &published.workdays)] {
            if !days.is_empty() {
                block.push(format!("    {list}:"));
                block
                    .extend(days.iter().map(|(day, name)| format!("      {day}: {}", value(name))));
            }
        }
        lines.splice(end..end, block);
        return Ok(());
    };
    for (list, days) in [("holidays", &published.holidays), ("workdays", &published.workdays)] {
        rewrite_list(lines, at, list, days)?;
    }
    Ok(())
}

fn rewrite_list(
    lines: &mut Vec<String>,
    year: usize,
    list: &str,
    days: &BTreeMap<Day, String>,
) -> Result<(), String> {
    let end = block_end(lines, year);
    let head = (year + 1..end).find(|at| lines[*at].trim_start().starts_with(&format!("{list}:")));
    let head = match head {
        Some(head) => head,
        None if days.is_empty() => return Ok(()),
        None => {
            let indent = " ".repeat(indent(&lines[year]) + 2);
            lines.insert(end, format!("{indent}{list}:"));
            end
        }
    };
    if lines[head].contains('{') {
        return Err(format!("the days are written in one line, `{}`", lines[head].trim()));
    }
    let mut missing = days.clone();
    let mut at = head + 1;
    while at < block_end(lines, head) {
        let line = lines[at].clone();
        let Some((day, rest)) = day_of(&line) else {
            at += 1;
            continue;
        };
        match missing.remove(&day) {
            None => {
                lines.remove(at);
                continue;
            }
            Some(name) if rest.trim().trim_matches(['"', '\'']) != name => {
                let front = &line[..line.len() - rest.len()];
                lines[at] = format!("{front} {}", value(&name));
            }
            Some(_) => {}
        }
        at += 1;
    }
    let inner = " ".repeat(indent(&lines[head]) + 2);
    for (day, name) in missing {
        let end = block_end(lines, head);
        let place = (head + 1..end)
            .find(|at| day_of(&lines[*at]).is_some_and(|(other, _)| other > day))
            .unwrap_or(end);
        lines.insert(place, format!("{inner}{day}: {}", value(&name)));
    }
    Ok(())
}

/// Where the lines below a key end: behind the last that stands further in than it.
fn block_end(lines: &[String], head: usize) -> usize {
    let depth = indent(&lines[head]);
    let mut end = head + 1;
    for (at, line) in lines.iter().enumerate().skip(head + 1) {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        if indent(line) <= depth {
            break;
        }
        end = at + 1;
    }
    end
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The day a line is about, and what stands behind its colon up to a comment.
fn day_of(line: &str) -> Option<(Day, &str)> {
    let (key, rest) = line.split_once(':')?;
    let day = parse_day(key.trim().trim_matches(['"', '\''])).ok()?;
    Some((day, rest))
}

fn value(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '（' | '）' | '、' | '，'));
    if plain && !name.chars().all(|c| c.is_ascii_digit()) { name.to_owned() } else { quoted(name) }
}

struct Columns {
    date: usize,
    off: usize,
    note: Option<usize>,
}

fn columns(sheet: &Sheet) -> Option<(usize, Columns)> {
    sheet.rows.iter().enumerate().take(20).find_map(|(at, row)| {
        let find =
            |name: &str| row.iter().position(|cell| cell.text().trim_matches('\u{feff}') == name);
        let columns =
            Columns {
                date: find("西元日期")?, off: find("是否放假")?, note: find("備註")
            };
        Some((at, columns))
    })
}

/// A day as such files write it.
fn day(cell: &Cell) -> Option<Day> {
    if let Cell::Day(day) = cell {
        return Some(*day);
    }
    let text = cell.text();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [one] if one.len() == 8 && one.is_ascii() => Day::from_ymd_opt(
            one[..4].parse().ok()?,
            one[4..6].parse().ok()?,
            one[6..].parse().ok()?,
        ),
        [year, month, day] if year.len() == 4 => {
            Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sheet::read_book;

    /// 2027 as it might be published: every day, with one holiday on a weekday and one Saturday worked.
    fn csv(date: fn(Day) -> String) -> String {
        let mut text = "\u{feff}西元日期,星期,是否放假,備註\r\n".to_owned();
        let mut day = Day::from_ymd_opt(2027, 1, 1).expect("a day");
        while day.year() == 2027 {
            let weekend = day.weekday().number_from_monday() > 5;
            let (off, note) = match (day.month(), day.day()) {
                (1, 1) => (2, "開國紀念日"),
                (1, 9) => (0, "補行上班"),
                _ => (if weekend { 2 } else { 0 }, ""),
            };
            text.push_str(&format!("{},{},{off},{note}\r\n", date(day), "一"));
            day = day.succ_opt().expect("a day");
        }
        text
    }

    fn plain(day: Day) -> String {
        day.format("%Y%m%d").to_string()
    }

    #[test]
    fn a_published_year_is_read_in_both_spellings() {
        let slashes = |day: Day| format!("{}/{}/{}", day.year(), day.month(), day.day());
        let read = |text: String| published(&read_book(text.as_bytes()).expect("a book"));
        let years = read(csv(plain)).expect("a year");
        assert_eq!(read(csv(slashes)).as_ref(), Ok(&years));
        let whole = csv(plain);
        let (big5, _, _) = encoding_rs::BIG5.encode(whole.trim_start_matches('\u{feff}'));
        assert_eq!(published(&read_book(&big5).expect("a book")).as_ref(), Ok(&years));
        let year = &years[&2027];
        assert_eq!((year.holidays.len(), year.workdays.len()), (1, 1));
        let short = csv(plain).replace("20271231,一,0,\r\n", "");
        assert_eq!(read(short), Err("the file has 364 of the 365 days of 2027".to_owned()));
        let odd = csv(plain).replacen(",2,開國紀念日", ",1,開國紀念日", 1);
        assert!(read(odd).is_err_and(|why| why.contains("neither 0")));
    }

    #[test]
    fn a_file_is_changed_in_its_lines() {
        let years = published(&read_book(csv(plain).as_bytes()).expect("a book")).expect("a year");
        let new = rewritten(
            "# 本機關\ntimezone: Asia/Taipei\nyears:\n  2026:\n    holidays:\n      2026-01-01: 元旦\n",
            &years,
        );
        assert_eq!(
            new.as_deref(),
            Ok(
                "# 本機關\ntimezone: Asia/Taipei\nyears:\n  2026:\n    holidays:\n      2026-01-01: 元旦\n  2027:\n    \
                holidays:\n      2027-01-01: 開國紀念日\n    workdays:\n      2027-01-09: 補行上班\n"
            )
        );
        let old = "years:\n  2027:  # 草案\n    holidays:\n      # 待確認\n      2027-01-01: 元旦\n      2027-01-04: 補假\n";
        assert_eq!(
            rewritten(old, &years).as_deref(),
            Ok(
                "years:\n  2027:  # 草案\n    holidays:\n      # 待確認\n      2027-01-01: 開國紀念日\n    workdays:\n      \
                2027-01-09: 補行上班\n"
            )
        );
        assert!(rewritten("years:\n  2027: {holidays: {}}\n", &years).is_err());
    }
}
