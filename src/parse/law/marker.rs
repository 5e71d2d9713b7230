//! What a line begins with, if it looks like the number of a clause: 第2條, 第二點, 壹、 一、 （一） 1. (1),
//! in half and full width, with a Markdown bullet or without. Whether it is one, the grammar decides.

use crate::law::figures::{Figures, arabic, figures};
use crate::law::{Part, numeral};

/// The ways of numbering, from the outermost in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 第 2 條
    Article,
    /// 壹、
    Division,
    /// 一、 or 第一點
    Point,
    /// （一）
    Item,
    /// 1.
    Subitem,
    /// (1)
    Detail,
}

/// A number at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    pub style: Style,
    pub part: Part,
    /// The last number of a range that stands for several clauses: 二至四、（刪除）.
    pub to: Option<u16>,
    /// Bytes of the line it takes, the bullet included.
    pub length: usize,
    /// Whether a Markdown bullet stands in front.
    pub bullet: bool,
    /// It is set off by white space alone, or stands behind 第: such words also begin sentences.
    pub loose: bool,
}

/// The number `line` begins with, if any. `line` has no white space in front.
pub fn marker(line: &str) -> Option<Marker> {
    let (body, closing) = after_bullet(line);
    let found = named(body)
        .or_else(|| formal(body))
        .or_else(|| single(body))
        .or_else(|| bracketed(body))
        .or_else(|| unbracketed(body))?;
    let bullet = body.len() < line.len();
    let rest = found.rest.strip_prefix(closing).unwrap_or(found.rest);
    let length = line.len() - rest.len();
    let Found { style, part, to, loose, .. } = found;
    Some(Marker { style, part, to, length, bullet, loose })
}

/// What follows the number at the beginning of a line, if it is the first of a list of clauses, or of any
/// place in one of points.
pub fn begins_clause(line: &str) -> Option<&str> {
    let found = marker(line)?;
    let any = matches!(found.style, Style::Point | Style::Subitem) && !found.loose;
    let first = found.part == Part::FIRST && found.style != Style::Article;
    (any || first).then(|| line[found.length..].trim())
}

/// A number and what follows it.
struct Found<'a> {
    style: Style,
    part: Part,
    to: Option<u16>,
    loose: bool,
    rest: &'a str,
}

impl<'a> Found<'a> {
    fn plain(style: Style, part: Part, rest: &'a str) -> Self {
        Self { style, part, to: None, loose: false, rest }
    }
}

/// What lists are made with, in front of a blank.
pub const BULLETS: &[char] =
    &['-', '*', '+', '•', '·', '●', '○', '◎', '■', '□', '◆', '◇', '▪', '‧', '∙', '➢', '※'];

/// What follows a bullet, the marks of a Markdown heading or of bold letters; and what closes them.
fn after_bullet(line: &str) -> (&str, &'static str) {
    let hashes = line.trim_start_matches('#');
    if hashes.len() < line.len() && hashes.starts_with(' ') {
        return bold(hashes.trim_start());
    }
    if line.starts_with("**") {
        return bold(line);
    }
    if let Some(rest) = line.strip_prefix(BULLETS) {
        let body = rest.trim_start();
        if body.len() < rest.len() || line.starts_with(DOTS) {
            return bold(body);
        }
    }
    (line, "")
}

/// Bullets that need no blank behind them.
pub const DOTS: [char; 7] = ['•', '●', '■', '◆', '▪', '➢', '∙'];

fn bold(text: &str) -> (&str, &'static str) {
    match text.strip_prefix("**") {
        Some(rest) => (rest.trim_start(), "**"),
        None => (text, ""),
    }
}

/// 第 2 條, 第二條之一, 第 2-1 條, 第二條至第四條; 第一點, with white space, a bracket or the end behind.
fn named(text: &str) -> Option<Found<'_>> {
    let (style, part, mut rest) = one_named(text)?;
    let mut to = None;
    let range = rest.trim_start();
    if let Some(after) = range.strip_prefix(['至', '～', '~']) {
        let (other, last, after) = one_named(after.trim_start())?;
        if other != style {
            return None;
        }
        to = Some(last.number());
        rest = after;
    }
    let set_off = rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '（' | '(' | '【' | '*'))
        || rest.starts_with(['：', ':'])
        || (style == Style::Point && rest.starts_with('、'));
    // 第三條： and 第一點、 are how some agencies set a number off.
    let mark = |c: char| matches!(c, '：' | ':') || style == Style::Point && c == '、';
    let rest = rest.strip_prefix(mark).unwrap_or(rest);
    set_off.then_some(Found { style, part, to, loose: true, rest })
}

fn one_named(text: &str) -> Option<(Style, Part, &str)> {
    let rest = text.strip_prefix('第')?.trim_start();
    let (part, rest) = crate::law::figures::number(rest)?;
    let rest = rest.trim_start();
    let (style, rest) = match (rest.strip_prefix('條'), rest.strip_prefix('點')) {
        (Some(rest), _) => (Style::Article, rest),
        (_, Some(rest)) => (Style::Point, rest),
        _ => return None,
    };
    let behind = rest.trim_start().strip_prefix('之');
    match behind.and_then(|rest| crate::law::figures::number(rest.trim_start())) {
        Some((inserted, rest)) if part.inserted().is_none() && inserted.inserted().is_none() => {
            Some((style, Part::new(part.number(), Some(inserted.number()))?, rest))
        }
        _ => Some((style, part, rest)),
    }
}

/// 壹、 or 壹 with white space.
fn formal(text: &str) -> Option<Found<'_>> {
    let end = text.find(|c| !numeral::is_formal(c)).unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let part = Part::new(numeral::read_formal(written)?, None)?;
    let behind = rest.trim_start().strip_prefix(['、', '﹑', '､', '．', '.', '丶']);
    match behind {
        Some(rest) => Some(Found::plain(Style::Division, part, rest)),
        None if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
            Some(Found { style: Style::Division, part, to: None, loose: true, rest })
        }
        None => None,
    }
}

/// A number in one character: ㈠ ⒈ ⑴.
fn single(text: &str) -> Option<Found<'_>> {
    let c = text.chars().next()?;
    let (style, zero) = match c {
        '㈠'..='㈩' => (Style::Item, '㈠' as u32 - 1),
        '⒈'..='⒛' => (Style::Subitem, '⒈' as u32 - 1),
        '⑴'..='⒇' => (Style::Detail, '⑴' as u32 - 1),
        _ => return None,
    };
    let part = Part::new(u16::try_from(c as u32 - zero).ok()?, None)?;
    Some(Found::plain(style, part, &text[c.len_utf8()..]))
}

/// A number in brackets: （一） (一) （1） (1), with a 、 behind or without; but not the （一）、 of
/// （一）、（二）, which counts clauses.
fn bracketed(text: &str) -> Option<Found<'_>> {
    let in_brackets = |text| {
        let inner = str::strip_prefix(text, ['（', '('])?.trim_start();
        let (figures, rest) = figures(inner)?;
        Some((figures, rest.trim_start().strip_prefix(['）', ')'])?))
    };
    let (figures, mut rest) = in_brackets(text)?;
    if let Some(behind) = rest.strip_prefix(['、', '﹑', '､']) {
        if in_brackets(behind.trim_start()).is_some() {
            return None;
        }
        rest = behind;
    }
    Some(match figures {
        Figures::Chinese(part) => Found::plain(Style::Item, part, rest),
        Figures::Arabic(part) => Found::plain(Style::Detail, part, rest),
    })
}

/// A number without brackets around it.
fn unbracketed(text: &str) -> Option<Found<'_>> {
    let (figures, rest) = figures(text)?;
    dotted(figures, rest).or_else(|| bare(figures, rest))
}

/// A number with its mark behind: 一、 二至四、 1. １．; but not the 1.5 of a figure.
fn dotted(figures: Figures, rest: &str) -> Option<Found<'_>> {
    const COMMAS: [char; 7] = ['、', '﹑', '､', '丶', '．', '.', '﹒'];
    match figures {
        Figures::Chinese(part) => {
            let rest = rest.trim_start();
            if let Some(range) = rest.strip_prefix(['至', '～', '~'])
                && let Some((last, rest)) = crate::law::figures::number(range)
                && let Some(rest) = rest.trim_start().strip_prefix(COMMAS)
            {
                let to = Some(last.number());
                return Some(Found { style: Style::Point, part, to, loose: false, rest });
            }
            Some(Found::plain(Style::Point, part, rest.strip_prefix(COMMAS)?))
        }
        Figures::Arabic(part) => {
            // Markdown writes `1\.` for a number that shall begin no list.
            let rest = rest.strip_prefix('\\').unwrap_or(rest);
            let mark = rest.trim_start();
            let apart = mark.len() < rest.len();
            let rest = mark.strip_prefix(['.', '．', '、', '﹒', '丶'])?;
            // 5 、 6 is a list of figures.
            let behind = if apart { rest.trim_start() } else { rest };
            let figure_goes_on = behind.starts_with(|c| arabic(c).is_some());
            (!figure_goes_on).then(|| Found::plain(Style::Subitem, part, rest))
        }
    }
}

/// A number set off by white space alone: 一　監督, 1 短期作物.
fn bare(figures: Figures, rest: &str) -> Option<Found<'_>> {
    let next = rest.trim_start();
    let set_off = next.len() < rest.len() && begins_word(next);
    let (style, part) = match figures {
        Figures::Chinese(part) => (Style::Point, part),
        Figures::Arabic(part) => (Style::Subitem, part),
    };
    set_off.then_some(Found { style, part, to: None, loose: true, rest })
}

/// Whether a word begins here that a number may stand in front of as the number of a clause, and not
/// what the number counts: 三　人員, but not 三　人.
fn begins_word(text: &str) -> bool {
    const COUNTED: &str = "年月日時分秒件筆人次個元號點條項款目％、，。；";
    const WORDS: [&str; 30] = [
        "年度", "月報", "日常", "日期", "時間", "時效", "時機", "分層", "分工", "分級", "分類",
        "分配", "分組", "分別", "件數", "人員", "人事", "次數", "個人", "個資", "個案", "個別",
        "號碼", "點收", "點檢", "條件", "項目", "款項", "目的", "目標",
    ];
    text.starts_with(|c: char| c >= '\u{2e80}' && !COUNTED.contains(c))
        || WORDS.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        use Style::{Article, Detail, Division, Item, Point, Subitem};
        for (line, style, part, written) in [
            ("一、臺北", Point, "1", "一、"),
            ("ㄧ、臺北", Point, "1", "ㄧ、"),
            ("十二之一、臺北", Point, "12-1", "十二之一、"),
            ("二之1、臺北", Point, "2-1", "二之1、"),
            ("二至四、（刪除）", Point, "2", "二至四、"),
            ("第一點　臺北", Point, "1", "第一點"),
            ("第二點之一　臺北", Point, "2-1", "第二點之一"),
            ("第 2-1 條", Article, "2-1", "第 2-1 條"),
            ("第　一　條　　臺北", Article, "1", "第　一　條"),
            ("第二條之一　臺北", Article, "2-1", "第二條之一"),
            ("第 1 條（立法目的）", Article, "1", "第 1 條"),
            ("### 第 1 條", Article, "1", "### 第 1 條"),
            ("壹、總則", Division, "1", "壹、"),
            ("貳 遴用", Division, "2", "貳"),
            ("**一、** 臺北", Point, "1", "**一、**"),
            ("一　臺北", Point, "1", "一"),
            ("• 一、臺北", Point, "1", "• 一、"),
            ("1 短期作物：", Subitem, "1", "1"),
            ("二　分層負責", Point, "2", "二"),
            ("**　一、** 甲", Point, "1", "**　一、**"),
            ("●（一）甲", Item, "1", "●（一）"),
            ("（十一）經", Item, "11", "（十一）"),
            ("(一) 本處", Item, "1", "(一)"),
            ("（ 二 )本處", Item, "2", "（ 二 )"),
            ("- (一) 本處", Item, "1", "- (一)"),
            ("㈢本處", Item, "3", "㈢"),
            ("1.帳號", Subitem, "1", "1."),
            ("１．帳號", Subitem, "1", "１．"),
            ("3. 查詢", Subitem, "3", "3."),
            ("1-1.帳號", Subitem, "1-1", "1-1."),
            ("1\\. 帳號", Subitem, "1", "1\\."),
            ("⒉帳號", Subitem, "2", "⒉"),
            ("(1)帳號", Detail, "1", "(1)"),
            ("（１２）帳號", Detail, "12", "（１２）"),
        ] {
            let found = marker(line).expect(line);
            assert_eq!((found.style, found.part.to_string()), (style, part.to_owned()), "{line}");
            assert_eq!(&line[..found.length], written);
        }
    }

    #[test]
    fn figures_in_a_sentence_are_no_numbers() {
        for line in [
            "7日內通報",
            "7 日內通報",
            "三　人，其中",
            "2,001 件以上",
            "1.5倍",
            "１．５倍",
            "一定期間",
            "（以下簡稱本局）",
            "（112年）",
            "第二條規定",
            "第二款",
            "參照",
            "0.1",
            "2024.",
            "-1.",
            "- 表",
            "",
            "(",
            "一",
            "之、",
            "(一",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
