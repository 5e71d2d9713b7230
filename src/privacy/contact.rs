//! Ways to reach a person: mobile and telephone numbers, e-mail addresses.

use super::fold::{Folded, digit, is_word};
use super::{Found, Kind};

/// Words by which a row of figures is known for a telephone number.
const WORDS: &[&str] =
    &["電話", "手機", "行動", "聯絡", "傳真", "分機", "tel", "phone", "mobile", "fax", "洽"];

/// Words by which it is known for another one.
const OTHER: &[&str] = &[
    "文號", "字第", "案號", "編號", "帳號", "序號", "收文", "發票", "憑證", "單號", "統編", "流水",
    "機號", "sha256",
];

/// Area codes with the lengths of the numbers behind them.
const AREAS: &[(&str, &[usize])] = &[
    ("037", &[6]),
    ("049", &[7]),
    ("082", &[6]),
    ("089", &[6]),
    ("0826", &[5]),
    ("0836", &[5]),
    ("02", &[8]),
    ("03", &[7]),
    ("04", &[7, 8]),
    ("05", &[7]),
    ("06", &[7]),
    ("07", &[7]),
    ("08", &[7]),
];

/// Every way to reach a person in the text.
pub fn find(text: &Folded) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = text.lead();
    while at < text.chars.len() {
        let c = text.chars[at];
        let one = match c {
            '@' => mail(text, at),
            '+' | '(' => telephone(text, at),
            c if digit(c).is_some() => telephone(text, at),
            _ => None,
        };
        match one {
            Some((one, end)) => {
                found.push(one);
                at = end.max(at + 1);
            }
            // A row of figures that is none is passed over as a whole.
            None if digit(c).is_some() => {
                while text.get(at).is_some_and(|c| digit(c).is_some()) {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Figures in groups, with what stands between them.
struct Figures {
    digits: Vec<u8>,
    at: Vec<usize>,
    groups: Vec<usize>,
    /// What stands between two groups.
    between: Vec<char>,
    end: usize,
}

/// The widest indentation of a line in which a number goes on.
const WIDEST_INDENT: usize = 40;

/// Reads figures from `start`: at most 14, groups apart by one or two of space, hyphen, full stop,
/// bracket, or by the end of a line.
fn figures(text: &Folded, start: usize) -> Figures {
    let mut read = Figures {
        digits: Vec::new(),
        at: Vec::new(),
        groups: vec![0],
        between: Vec::new(),
        end: start,
    };
    let mut at = start;
    while let Some(c) = text.get(at) {
        if let Some(value) = digit(c) {
            read.digits.push(value);
            read.at.push(at);
            *read.groups.last_mut().expect("has one") += 1;
            at += 1;
            read.end = at;
            if read.digits.len() > 14 {
                break;
            }
            continue;
        }
        let mut next = at;
        let (mut mark, mut wrapped) = (' ', false);
        while let Some(c @ (' ' | '-' | '.' | ')' | '(' | '\n')) = text.get(next) {
            let blank = matches!(c, ' ' | '\n');
            wrapped |= c == '\n';
            if next - at >= if wrapped && blank { WIDEST_INDENT } else { 2 } {
                break;
            }
            mark = if blank { mark } else { c };
            next += 1;
        }
        if next == at || text.get(next).and_then(digit).is_none() {
            break;
        }
        read.groups.push(0);
        read.between.push(mark);
        at = next;
    }
    read
}

fn telephone(text: &Folded, start: usize) -> Option<(Found, usize)> {
    let before = text.before(start);
    let joined = is_word(before)
        || before.is_some_and(|c| digit(c).is_some() || matches!(c, '-' | '.' | '/' | '第' | '_'));
    if joined {
        return None;
    }
    let first = start + usize::from(matches!(text.chars[start], '+' | '('));
    text.get(first).and_then(digit)?;
    let mut read = figures(text, first);
    let goes_on = is_word(text.get(read.end))
        || matches!(text.get(read.end), Some('號' | '_'))
        || (matches!(text.get(read.end), Some('-' | '/'))
            && text.get(read.end + 1).and_then(digit).is_some());
    if goes_on {
        return None;
    }
    // No number has fewer figures, or more.
    if !(7..=14).contains(&read.digits.len()) {
        return None;
    }
    let other = text.is_behind(start, 10, OTHER) && !text.is_behind(start, 6, WORDS);
    if other {
        return None;
    }
    // Away from home: 886 stands for the 0.
    let abroad =
        read.digits.starts_with(&[8, 8, 6]) && (text.chars[start] == '+' || read.groups.len() > 1);
    if abroad {
        national(&mut read);
    }
    let number: String = read.digits.iter().map(|value| char::from(b'0' + value)).collect();
    let told = abroad || text.is_behind(start, 8, WORDS);
    let kind = if number.len() == 10 && number.starts_with("09") {
        is_mobile(&read, told).then_some(Kind::Mobile)
    } else {
        let is_one = is_landline(&number, &read, told || text.chars[start] == '(')
            || is_local(&number, &read, text, start);
        is_one.then_some(Kind::Telephone)
    }?;
    let last = read.at.len() - 4;
    let hidden = read.at[last..].iter().map(|at| text.place(*at)).collect();
    Some((Found { kind, place: text.span(start, read.end), hidden }, read.end))
}

/// Puts a 0 in the place of the country's number.
fn national(read: &mut Figures) {
    read.digits.drain(..3);
    read.at.drain(..3);
    let mut left = 3;
    while left > 0 && !read.groups.is_empty() {
        if read.groups[0] > left {
            read.groups[0] -= left;
            break;
        }
        left -= read.groups.remove(0);
        if !read.between.is_empty() {
            read.between.remove(0);
        }
    }
    if read.digits.first() != Some(&0) {
        let at = read.at.first().copied().unwrap_or(read.end);
        read.digits.insert(0, 0);
        read.at.insert(0, at);
        if let Some(first) = read.groups.first_mut() {
            *first += 1;
        }
    }
}

fn is_mobile(read: &Figures, told: bool) -> bool {
    let same = read.between.windows(2).all(|two| two[0] == two[1]);
    let usual: [&[usize]; 9] = [
        &[10],
        &[4, 6],
        &[4, 3, 3],
        &[4, 2, 4],
        &[4, 2, 2, 2],
        &[2, 8],
        &[3, 3, 4],
        &[2, 4, 4],
        &[5, 5],
    ];
    let single = read.groups.iter().all(|count| *count == 1 || *count == 2);
    told || (same && (usual.contains(&&*read.groups) || single))
}

fn is_landline(number: &str, read: &Figures, told: bool) -> bool {
    let fits = |(area, lengths): &&(&str, &[usize])| {
        number.strip_prefix(area).is_some_and(|local| lengths.contains(&local.len()))
    };
    let Some((area, _)) = AREAS.iter().find(fits) else { return false };
    if told {
        return true;
    }
    // Without a word that says so, the area's number must stand apart, and by a hyphen or bracket.
    let [first, local @ ..] = &*read.groups else { return false };
    let apart = matches!(read.between.first(), Some('-' | ')'));
    *first == area.len()
        && apart
        && matches!(local, [5..=8] | [4, 4] | [3, 4] | [3, 3] | [2, 2, 2] | [2, 2, 3] | [2, 2, 4])
}

/// Whether it is a number without its area's, as neighbours call it: seven or eight figures of
/// which the words right before or behind say that they are one. They are so many of other numbers'
/// that nothing less tells it.
fn is_local(number: &str, read: &Figures, text: &Folded, start: usize) -> bool {
    let usual: [&[usize]; 4] = [&[7], &[8], &[3, 4], &[4, 4]];
    let begins = number.starts_with(|c| matches!(c, '2'..='9'));
    let apart = read.between.iter().all(|mark| matches!(mark, '-' | ' '));
    if !usual.contains(&&*read.groups) || !begins || !apart || is_day(number) {
        return false;
    }
    let rest = &text.chars[read.end..];
    let rest: String = rest.iter().filter(|c| **c != ' ').take(8).collect();
    let figure = |rest: &str| rest.starts_with(|c| digit(c).is_some());
    let extension = ["分機", "轉分機", "轉", "ext.", "ext"].iter().any(|word| {
        rest.strip_prefix(word)
            .is_some_and(|rest| figure(rest.trim_start_matches([':', '.', '#', '(', '第'])))
    });
    if extension || (read.groups.len() > 1 && rest.strip_prefix('#').is_some_and(figure)) {
        return true;
    }
    // 電話 2345678 通: so many calls.
    if rest.starts_with(['元', '通', '次', '筆', '件', '人', '則', '分', '秒', '號', '戶', '支'])
    {
        return false;
    }
    let lead: String = text.chars[start.saturating_sub(16)..start].iter().collect();
    let between = |c: char| " :=()/,.-號碼為是※【】[]".contains(c);
    let lead = lead.to_lowercase();
    let lead = lead.trim_end_matches(between);
    ["電話", "專線", "傳真", "市話", "tel", "telephone", "phone", "fax"]
        .iter()
        .any(|word| lead.ends_with(word))
}

/// Whether eight figures are a day, `20260301`.
fn is_day(number: &str) -> bool {
    let within = |range: std::ops::Range<usize>, least: u32, most: u32| {
        number
            .get(range)
            .and_then(|part| part.parse().ok())
            .is_some_and(|n| least <= n && n <= most)
    };
    number.len() == 8 && within(0..4, 1900, 2099) && within(4..6, 1, 12) && within(6..8, 1, 31)
}

/// An address by mail around the `@` at `middle`.
fn mail(text: &Folded, middle: usize) -> Option<(Found, usize)> {
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let part = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let spaced = |at: usize| usize::from(text.get(at) == Some(' '));
    let end_of_local = middle - usize::from(text.before(middle) == Some(' '));
    let mut start = end_of_local;
    while start > text.lead() && text.before(start).is_some_and(local) {
        start -= 1;
    }
    let begin = middle + 1 + spaced(middle + 1);
    let mut end = begin;
    while text.get(end).is_some_and(part) {
        end += 1;
    }
    while end > begin && !is_word(text.before(end)) {
        end -= 1;
    }
    let domain: String = text.chars[begin..end].iter().collect();
    let (_, top) = domain.rsplit_once('.')?;
    let real = start < end_of_local
        && top.len() >= 2
        && top.chars().all(|c| c.is_ascii_alphabetic())
        && domain.split('.').all(|part| !part.is_empty());
    if !real {
        return None;
    }
    let from = if end_of_local - start > 1 { start + 1 } else { start };
    let hidden = (from..end_of_local).map(|at| text.place(at)).collect();
    Some((Found { kind: Kind::Mail, place: text.span(start, end), hidden }, end))
}
