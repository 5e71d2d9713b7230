//! What the head of a text says of itself: its name, its date, the document that issued it.
//! Guesses, which the author looks over; what is not found is left out.

use crate::law::HeadLine;
use crate::time::{Day, parse_day};

/// The head of a text.
#[derive(Debug, Default, PartialEq)]
pub struct Head {
    pub name: Option<String>,
    /// The day it was issued or last amended.
    pub date: Option<Day>,
    pub in_force: Option<Day>,
    /// Document number (文號).
    pub document: Option<String>,
    /// What was amended.
    pub summary: Option<String>,
}

/// Labels of the line with the name.
const NAMES: &[&str] = &["法規名稱", "名稱"];
/// Parts of the labels of lines with the date, the most telling first.
const DATES: &[&str] = &["修正日期", "訂定日期", "發布日期", "公發布日", "日期", "時間"];
/// What a title never has and lines about the history do.
const HISTORY: &[&str] =
    &["修正", "發布", "訂定", "函頒", "頒全文", "全文", "生效", "民國", "下達"];

impl Head {
    /// Reads the lines in front of the first clause.
    pub fn read(lines: &[HeadLine]) -> Self {
        let texts: Vec<String> = lines.iter().map(|line| tidy(&line.text)).collect();
        let labelled = |wanted: &str| {
            texts.iter().find_map(|text| {
                let (label, rest) = label(text)?;
                label.contains(wanted).then(|| rest.to_owned())
            })
        };
        let title = || {
            let plain = |text: &&String| {
                label(text).is_none() && !HISTORY.iter().any(|word| text.contains(word))
            };
            texts.iter().find(plain).cloned()
        };
        let history = labelled("沿革").or_else(|| {
            texts.iter().find(|text| label(text).is_none() && first_day(text).is_some()).cloned()
        });
        let date = DATES
            .iter()
            .find_map(|wanted| first_day(&labelled(wanted)?))
            .or_else(|| first_day(history.as_ref()?));
        let compact: String =
            history.as_deref().unwrap_or_default().chars().filter(|c| *c != ' ').collect();
        Self {
            name: NAMES.iter().find_map(|name| labelled(name)).or_else(title),
            date,
            in_force: in_force(&compact, date),
            document: document(&compact),
            summary: summary(&compact),
        }
        .without_empty()
    }

    fn without_empty(mut self) -> Self {
        for text in [&mut self.name, &mut self.document, &mut self.summary] {
            *text = text.take().filter(|text| !text.is_empty());
        }
        self
    }
}

/// Without white space and Markdown around it.
fn tidy(text: &str) -> String {
    let text = text.trim_start_matches(['#', '>', ' ', '\u{feff}']);
    text.replace("**", "").trim().to_owned()
}

/// What stands in front of the colon, if that is short enough for a label, and what behind.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(['：', ':'])?;
    (label.chars().count() <= 10).then_some((label, rest.trim()))
}

/// The first `民國N年N月N日` in a text.
fn first_day(text: &str) -> Option<Day> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    days(&compact).next()
}

/// Every day in a text without white space.
fn days(text: &str) -> impl Iterator<Item = Day> + '_ {
    text.match_indices("民國").filter_map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find('日')? + '日'.len_utf8();
        parse_day(&ascii(&rest[..end])).ok()
    })
}

/// Full-width digits in their ASCII form.
fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// 自…日(起)生效, or 自函頒日(起)生效, which is the day of the document.
fn in_force(history: &str, date: Option<Day>) -> Option<Day> {
    let (before, _) = history.split_once("生效")?;
    let (_, from) = before.rsplit_once('自')?;
    let from = from.trim_end_matches('起');
    if ["函頒日", "發布日", "下達日", "即日", "函頒", "發布"].contains(&from) {
        return date;
    }
    let written = ascii(from);
    let with_era = if written.contains("民國") { written } else { format!("民國{written}") };
    parse_day(&with_era).ok()
}

/// 府授地資字第1136012388號, with the year in brackets where it has one.
fn document(history: &str) -> Option<String> {
    let at = history.find("字第")?;
    let end = at + history[at..].find('號')? + '號'.len_utf8();
    let before = &history[..at];
    let day_end = before.rfind('日').map_or(0, |day| day + '日'.len_utf8());
    let start = before[day_end..].find(['（', '(']).map_or_else(
        || {
            let bodies = ["政府", "部", "局", "處", "署", "院", "會"];
            let ends = bodies
                .iter()
                .filter_map(|body| Some(day_end + before[day_end..].find(body)? + body.len()));
            ends.max().unwrap_or(day_end)
        },
        |bracket| day_end + bracket,
    );
    Some(history[start..end].to_owned())
}

/// What was amended: from the number of the document to the next mark.
fn summary(history: &str) -> Option<String> {
    let (_, rest) = history.split_once('號').or_else(|| history.split_once('日'))?;
    let rest = rest.trim_start_matches(['函', '令']);
    let end = rest.find(['；', ';', '。']).unwrap_or(rest.len());
    let text = rest[..end].trim_end_matches('，');
    text.contains(['修', '訂', '定', '頒', '廢']).then(|| text.to_owned())
}
