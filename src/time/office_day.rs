//! Days as officials write them in papers, spreadsheets and at a prompt: `115/11/28`, `115.11.28`,
//! `1151128`, `115年11月28日`, `民國99年1月31日`, `一一五年十一月二十八日`, `2026/11/28`, `20261128`,
//! with or without a time behind. What can be read in two ways is refused: `13/05/22`, `11/28/2026`.

use chrono::NaiveDate;

use super::day::{DayError, parse_day};
use super::period::Period;

/// Years between the Gregorian count and the ROC count.
const ROC_OFFSET: i32 = 1911;

/// Reads a day in any form that has one meaning.
pub fn parse_office_day(text: &str) -> Result<NaiveDate, DayError> {
    let text = narrowed(text);
    let text = without_time(text.trim());
    if let Ok(day) = parse_day(text) {
        return Ok(day);
    }
    let (era, rest) = era_of(text);
    let (year, month, day) = parts(rest, era).ok_or(DayError::Form)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DayError::NoSuchDay)
}

/// Reads a month: `2026-09`, `115/09`, `115年9月`, `民國115年9月`, `11509`, `202609`.
pub fn parse_office_month(text: &str) -> Option<Period> {
    let text = narrowed(text);
    let (era, rest) = era_of(text.trim());
    let (year, month) = match rest.split_once('年') {
        Some((year, month)) => (year, month.strip_suffix(['月', '份']).unwrap_or(month)),
        None => match rest.split_once(['-', '/', '.']) {
            Some(split) => split,
            None if rest.is_ascii() && (rest.len() == 5 || rest.len() == 6) => {
                rest.split_at(rest.len() - 2)
            }
            None => return None,
        },
    };
    let year = year_of(year.trim(), era)?;
    Period::month(year, number(month.trim().trim_end_matches('月'))?)
}

/// Reads a period: what [`Period::parse`] reads, a month, `115年第3季`, `115Q3`, `115年上半年`,
/// `115年度`.
pub fn parse_office_period(text: &str) -> Option<Period> {
    let text = narrowed(text).trim().replace(' ', "");
    if let Ok(period) = Period::parse(&text) {
        return Some(period);
    }
    if let Some(month) = parse_office_month(&text) {
        return Some(month);
    }
    let (era, rest) = era_of(&text);
    let at = rest.find(|c: char| !c.is_ascii_digit())?;
    let (year, what) = rest.split_at(at);
    let year = year_of(year, era)?;
    let what = what.trim_start_matches(['年', '-']).trim_start_matches('度');
    let part = match what {
        "" | "全年" => String::new(),
        "上半年" | "H1" | "h1" => "-H1".to_owned(),
        "下半年" | "H2" | "h2" => "-H2".to_owned(),
        quarter => {
            let figure =
                quarter.trim_start_matches(['第', 'Q', 'q']).trim_end_matches(['季', '度']);
            match number(figure)? {
                quarter @ 1..=4 => format!("-Q{quarter}"),
                _ => return None,
            }
        }
    };
    Period::parse(&format!("{year}{part}")).ok()
}

/// Which count of years a text says it uses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Roc,
    Gregorian,
    Unsaid,
}

fn era_of(text: &str) -> (Era, &str) {
    for (mark, era) in [("中華民國", Era::Roc), ("民國", Era::Roc), ("西元", Era::Gregorian)]
    {
        if let Some(rest) = text.strip_prefix(mark) {
            return (era, rest.trim());
        }
    }
    (Era::Unsaid, text)
}

fn parts(text: &str, era: Era) -> Option<(i32, u32, u32)> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        let day = day.trim().trim_end_matches(['日', '號']);
        // 元月 is January.
        let month = if month.trim() == "元" { 1 } else { number(month.trim())? };
        return Some((year_of(year.trim(), era)?, month, number(day.trim())?));
    }
    let divided: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    match divided[..] {
        [year, month, day] if month.len() <= 2 && day.len() <= 2 => {
            Some((year_of(year, era)?, ascii(month)?, ascii(day)?))
        }
        [whole] if whole.bytes().all(|b| b.is_ascii_digit()) => {
            let years = whole.len().checked_sub(4)?;
            // Six digits are a ROC year of two digits only where the text says so.
            let fits = matches!((years, era), (3 | 4, _) | (2, Era::Roc));
            let (year, rest) = whole.split_at(years);
            fits.then_some(())?;
            Some((year_of(year, era)?, ascii(&rest[..2])?, ascii(&rest[2..])?))
        }
        _ => None,
    }
}

fn year_of(text: &str, era: Era) -> Option<i32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let length = if digits { text.len() } else { 3 };
    let year = i32::try_from(number(text)?).ok()?;
    (year > 0).then_some(())?;
    match (era, length) {
        (Era::Roc, 1..=3) | (Era::Unsaid, 3) => Some(year + ROC_OFFSET),
        (Era::Gregorian | Era::Unsaid, 4) => Some(year),
        _ => None,
    }
}

fn ascii(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A number in digits or in Chinese figures below a thousand: `十一`, `一百一十五`, `一一五`.
fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    if let Some(number) = ascii(text) {
        return Some(number);
    }
    let figure = |c: char| "〇一二三四五六七八九".chars().position(|one| one == c);
    let c_zero = |c: char| if c == '零' || c == '○' { '〇' } else { c };
    let text: String = text.chars().map(c_zero).collect();
    if !text.contains(['十', '百']) {
        let digits: Option<String> =
            text.chars().map(|c| Some(figure(c)?.to_string())).collect::<Option<String>>();
        return digits?.parse().ok();
    }
    let (mut total, mut last) = (0, None);
    for c in text.chars() {
        match c {
            '百' => total += last.take().unwrap_or(1) * 100,
            '十' => total += last.take().unwrap_or(1) * 10,
            _ => last = Some(figure(c)?),
        }
    }
    u32::try_from(total + last.unwrap_or(0)).ok()
}

/// Full-width digits, letters and marks as half-width ones.
pub fn narrowed(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '．' | '。' => '.',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// The text without a time of day behind it.
fn without_time(text: &str) -> &str {
    let Some(at) = text.find([' ', 'T']) else { return text };
    let (day, time) = text.split_at(at);
    let time = time.trim_start_matches(['T', ' ']).trim_start_matches(['上', '下']);
    let time = time.trim_start_matches('午').trim();
    let is_time = time.contains(':')
        && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'));
    if is_time { day } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_officials_write_is_the_same_day() {
        for text in [
            "2026-11-28",
            "115-11-28",
            "115/11/28",
            "115.11.28",
            "1151128",
            "115年11月28日",
            "民國115年11月28日",
            "中華民國115年11月28日",
            "民國 115 年 11 月 28 日",
            "民國115.11.28",
            "民國115/11/28",
            "２０２６/１１/２８",
            "１１５／１１／２８",
            "2026/11/28",
            "2026.11.28",
            "20261128",
            "2026年11月28日",
            "西元2026年11月28日",
            "一一五年十一月二十八日",
            "民國一百一十五年十一月二十八日",
            "115/11/28 09:30",
            "2026-11-28T00:00:00",
            "2026-11-28 00:00:00",
            "115/11/28 上午 09:30:00",
            " 115/11/28 ",
            "民國1151128",
        ] {
            let day = parse_office_day(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Ok("2026-11-28"), "{text}");
        }
        let early = |text: &str| parse_office_day(text).map(|day| day.to_string());
        for text in ["0990131", "099/1/31", "民國99年1月31日", "民國990131", "民國99/01/31"]
        {
            assert_eq!(early(text).as_deref(), Ok("2010-01-31"), "{text}");
        }
    }

    #[test]
    fn what_has_two_meanings_or_none_is_refused() {
        for text in [
            "",
            "13/05/22",
            "99/01/31",
            "990131",
            "11/28/2026",
            "28.11.2026",
            "46354",
            "115/11",
            "115/1128",
            "115-11-28-1",
            "明年",
            "115年11月",
            "115/011/028",
            "0/1/1",
            "民國0年1月1日",
            "99年1月31日",
            "115/11/28 之前",
            "1151128.0",
        ] {
            assert_eq!(parse_office_day(text), Err(DayError::Form), "{text}");
        }
        for text in ["115/02/29", "1150230", "20261301", "115年13月1日", "115.0.1"] {
            assert_eq!(parse_office_day(text), Err(DayError::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn months_and_periods_of_officials() {
        for text in ["2026-09", "115/09", "115/9", "115年9月", "民國115年9月份", "11509", "202609"]
        {
            let month = parse_office_month(text).map(|month| month.to_string());
            assert_eq!(month.as_deref(), Some("2026-09"), "{text}");
        }
        for text in ["115/13", "9月", "99/09", "2026", "115"] {
            assert_eq!(parse_office_month(text), None, "{text}");
        }
        for (text, period) in [
            ("115年第3季", "2026-Q3"),
            ("115Q3", "2026-Q3"),
            ("2026-Q3", "2026-Q3"),
            ("115年第三季", "2026-Q3"),
            ("115年上半年", "2026-H1"),
            ("115H2", "2026-H2"),
            ("115年度", "2026"),
            ("2026", "2026"),
            ("115年9月", "2026-09"),
        ] {
            let read = parse_office_period(text).map(|period| period.to_string());
            assert_eq!(read.as_deref(), Some(period), "{text}");
        }
        for text in ["第3季", "115年第5季", "上半年", "115年冬"] {
            assert_eq!(parse_office_period(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_survives_the_short_forms() {
        let mut day = NaiveDate::from_ymd_opt(2011, 1, 1).expect("a day");
        while day.format("%Y").to_string().as_str() < "2040" {
            let roc = day.format("%Y").to_string().parse::<i32>().expect("a year") - ROC_OFFSET;
            for text in [
                format!("{roc}/{}", day.format("%m/%d")),
                format!("{roc}{}", day.format("%m%d")),
                format!("{roc}.{}", day.format("%-m.%-d")),
                day.format("%Y%m%d").to_string(),
            ] {
                assert_eq!(parse_office_day(&text), Ok(day), "{text}");
            }
            day = day.succ_opt().expect("a next day");
        }
    }
}
