//! What the head of a text says of itself: its name, its date, the document that issued it.
//! Guesses, which the author looks over; what is not found is left out.

use crate::law::{HeadLine, numeral};
use crate::time::{Day, parse_day};

/// The head of a text.
#[derive(Debug, Default, PartialEq)]
pub struct Head {
    pub name: Option<String>,
    /// The day it was issued or last amended.
    pub date: Option<Day>,
    pub in_force: Option<Day>,
    /// The day of its repeal.
    pub repealed: Option<Day>,
    /// Document number (文號).
    pub document: Option<String>,
    /// What was amended.
    pub summary: Option<String>,
}

/// Labels of the line with the name.
const NAMES: &[&str] = &["法規名稱", "法律名稱", "名稱"];
/// Parts of the labels of lines with the date, the most telling first.
const DATES: &[&str] = &[
    "修正日期",
    "修正時間",
    "異動日期",
    "訂定日期",
    "公布日期",
    "發布日期",
    "公發布日",
    "公(發)布",
    "公（發）布",
    "發布日",
    "公布日",
    "歷史法規",
    "日期",
    "時間",
];
/// Labels of days that are none of the version's.
const OTHER_DAYS: &[&str] =
    &["列印", "上稿", "更新", "廢止", "停止", "生效", "施行", "下載", "查詢", "上版"];
/// How the names of regulations end.
const KINDS: &[&str] = &[
    "法",
    "律",
    "條例",
    "通則",
    "規程",
    "規則",
    "細則",
    "辦法",
    "綱要",
    "標準",
    "準則",
    "要點",
    "規定",
    "規範",
    "注意事項",
    "應辦事項",
    "須知",
    "計畫",
    "作業程序",
    "程序",
    "原則",
    "基準",
    "守則",
    "方案",
    "作業",
    "簡則",
    "手冊",
    "公約",
    "章程",
    "指引",
    "措施",
    "規約",
    "契約",
    "須知",
    "範本",
    "表",
    "作業流程",
];
/// What pages print above the text that is no title.
const FURNITURE: &[&str] = &[
    "瀏覽器",
    "JavaScript",
    "跳到",
    "跳至",
    "法規內容",
    "查詢系統",
    "共用系統",
    "加入資料夾",
    "所有條文",
    "歷史法規",
    "相關法條",
    "法規異動",
    "功能按鈕",
];

impl Head {
    /// Reads the lines in front of the first clause.
    pub fn read(lines: &[HeadLine]) -> Self {
        let texts: Vec<String> = lines.iter().map(|line| tidy(&line.text)).collect();
        let labelled = |wanted: &str| labelled(&texts, wanted);
        let written = NAMES.iter().find_map(|name| labelled(name)).or_else(|| title(&texts));
        let written = written.map(|name| whole(&texts, name));
        let (name, in_name) = match &written {
            Some(name) => split_day(name),
            None => (None, None),
        };
        let date = in_name.or_else(|| version_day(&texts));
        // Of several lines the one of this version: the oldest may stand first.
        let dated = |own: &dyn Fn(Day) -> bool| {
            let is = |text: &&String| label(text).is_none() && first_day(text).is_some_and(own);
            texts.iter().find(is).cloned()
        };
        let history = labelled("沿革")
            .or_else(|| dated(&|day| Some(day) == date))
            .or_else(|| dated(&|_| true));
        let compact: String =
            history.as_deref().unwrap_or_default().chars().filter(|c| *c != ' ').collect();
        Self {
            name,
            date,
            in_force: in_force(&compact, date),
            repealed: repealed(&texts),
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

/// What a label names: behind its colon, or on the line below.
fn labelled(texts: &[String], wanted: &str) -> Option<String> {
    let fits = |label: &str| {
        label.contains(wanted) && !OTHER_DAYS.iter().any(|other| label.contains(other))
    };
    texts.iter().enumerate().find_map(|(at, text)| {
        let below = || texts.get(at + 1).filter(|below| label(below).is_none()).cloned();
        match label(text) {
            Some((label, "")) if fits(label) => below(),
            Some((label, rest)) if fits(label) => Some(rest.to_owned()),
            // A page copied without its colons.
            None if text.chars().count() <= 8 && fits(text) && first_day(text).is_none() => below(),
            _ => None,
        }
    })
}

/// The line that looks like the name of a regulation.
fn title(texts: &[String]) -> Option<String> {
    let plain = |text: &&String| {
        let (bare, _) = split_day(text);
        let Some(bare) = bare else { return false };
        label(text).is_none()
            && KINDS.iter().any(|kind| bare.ends_with(kind))
            && !FURNITURE.iter().any(|word| bare.contains(word))
            && !bare.contains(['，', '。', '；', ',', '號'])
            // 首頁 > 法規 > 甲要點, the way to the page.
            && !bare.contains(['>', '＞', '›', '»'])
            && (3..=80).contains(&bare.chars().count())
            && first_day(&bare).is_none()
    };
    // 甲要點 中華民國105年6月21日…函修正, and 甲要點 | 法規查詢.
    let parts = |text: &String| -> Vec<String> {
        let front = text.split("中華民國").next().unwrap_or_default();
        front.split(['|', '｜']).map(|part| part.trim().to_owned()).collect()
    };
    let cut = || texts.iter().flat_map(parts).find(|part| plain(&part));
    texts.iter().find(plain).cloned().or_else(cut)
}

/// A name with the lines it was wrapped into: until it ends as names of regulations do.
fn whole(texts: &[String], name: String) -> String {
    let is_whole = |name: &str| KINDS.iter().any(|kind| name.ends_with(kind));
    let goes_on = |text: &&String| {
        label(text).is_none() && first_day(text).is_none() && !text.contains(['，', '。', '；'])
    };
    let Some(at) = texts.iter().position(|text| text.ends_with(name.as_str())) else { return name };
    let mut joined = name.clone();
    for next in texts[at + 1..].iter().take(2).take_while(goes_on) {
        if is_whole(&joined) || first_day(&joined).is_some() {
            break;
        }
        joined.push_str(next);
    }
    if is_whole(&joined) { joined } else { name }
}

/// A name without the day behind it in brackets, and that day; without what says it is repealed.
fn split_day(name: &str) -> (Option<String>, Option<Day>) {
    let name = name.trim_start_matches("廢/停").trim();
    let name = name.strip_prefix("廢止").filter(|rest| rest.chars().count() > 6).unwrap_or(name);
    if let Some(open) = name.rfind(['(', '（'])
        && let Some(day) = first_day(&name[open..])
    {
        return (Some(name[..open].trim().to_owned()), Some(day));
    }
    (Some(name.to_owned()), None)
}

/// The day of the version: of its amendment, else of its issue.
fn version_day(texts: &[String]) -> Option<Day> {
    if let Some(day) = DATES.iter().find_map(|wanted| first_day(&labelled(texts, wanted)?)) {
        return Some(day);
    }
    let history: Vec<&String> = texts
        .iter()
        .filter(|text| {
            // When some of its articles begin to apply is no day of the text: 施行日期另定.
            !text.contains("日期另定")
                && !label(text).is_some_and(|(label, _)| {
                    OTHER_DAYS.iter().any(|other| label.contains(other)) || label.contains("狀態")
                })
        })
        .collect();
    let newest = |word: &str| {
        history.iter().filter(|text| text.contains(word)).filter_map(|text| first_day(text)).max()
    };
    ["修正", "發布", "公布", "訂定"].iter().find_map(|word| newest(word)).or_else(|| {
        history.iter().filter(|text| text.chars().count() <= 60).find_map(|text| first_day(text))
    })
}

/// The day behind 廢止日期, 廢止/停止適用日期.
fn repealed(texts: &[String]) -> Option<Day> {
    texts.iter().find_map(|text| {
        let (label, rest) = label(text)?;
        let is_day = label.contains("廢止") && label.contains(['日', '時']);
        first_day(rest).filter(|_| is_day)
    })
}

/// Without white space and Markdown around it.
fn tidy(text: &str) -> String {
    let text = text.trim_start_matches(['#', '>', ' ', '\u{feff}', '|']);
    text.replace("**", "").trim_end_matches(['|', ' ']).trim().to_owned()
}

/// What stands in front of the colon, if that is short enough for a label, and what behind.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(['：', ':'])?;
    (label.chars().count() <= 12).then_some((label.trim(), rest.trim()))
}

/// The first day a text names: 民國113年1月2日, 113.01.02, 中華民國一百十三年一月二日, 2024-01-02, 20240102.
fn first_day(text: &str) -> Option<Day> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let compact = ascii(&compact);
    let era = compact.contains("民國");
    let starts = compact.char_indices().filter(|(at, c)| {
        let before = compact[..*at].chars().next_back();
        let figure = |c: char| c.is_ascii_digit() || numeral::is_numeral(c);
        figure(*c) && !before.is_some_and(figure)
    });
    starts.filter_map(|(at, _)| day_at(&compact[at..], era)).next()
}

/// The day `text` begins with.
fn day_at(text: &str, era: bool) -> Option<Day> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    match digits.len() {
        8 => {
            return make_day(
                digits[..4].parse().ok()?,
                digits[4..6].parse().ok()?,
                digits[6..].parse().ok()?,
            );
        }
        7 if !era => {
            return make_day(
                digits[..3].parse().ok()?,
                digits[3..5].parse().ok()?,
                digits[5..].parse().ok()?,
            );
        }
        _ => {}
    }
    let (year, rest) = figure(text)?;
    if let Some(rest) = rest.strip_prefix('年') {
        let (month, rest) = figure(rest)?;
        let (day, rest) = figure(rest.strip_prefix('月')?)?;
        rest.strip_prefix('日')?;
        return make_day(year, month, day);
    }
    if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.')) {
        let (month, rest) = figure(&rest[1..])?;
        let (day, _) = figure(rest.strip_prefix(mark)?)?;
        return make_day(year, month, day);
    }
    None
}

/// A figure in digits or Chinese numerals.
fn figure(text: &str) -> Option<(u16, &str)> {
    let end = |fits: fn(char) -> bool| text.find(|c: char| !fits(c)).unwrap_or(text.len());
    let digits = end(|c| c.is_ascii_digit());
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let written = end(numeral::is_numeral);
    Some((numeral::read(&text[..written])?, &text[written..]))
}

/// A day of the common era, or of the Republic where the year has less than four digits.
fn make_day(year: u16, month: u16, day: u16) -> Option<Day> {
    let year = if year < 1000 { year + 1911 } else { year };
    Day::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
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
