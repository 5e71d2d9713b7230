//! 國民身分證統一編號 (a letter, 1 or 2, eight digits) and 統一證號: the new form (a letter, 8 or 9,
//! eight digits) and the old one (a letter, A to D, eight digits). The last digit checks the others.

use super::fold::{Folded, digit, is_word};
use super::{Found, Kind};

/// How far apart two characters of one number may stand: a wrapped line is indented.
const WIDEST_GAP: usize = 40;

/// Words by which a number is known for one of identity.
const WORDS: &[&str] =
    &["統一編號", "身分", "身份", "證號", "居留", "統號", "護照", "id no", "national id"];

/// Words by which a number is known for one of papers.
const OTHER: &[&str] =
    &["文號", "字第", "案號", "編號", "序號", "收文", "發票", "憑證", "單號", "料號", "型號"];

/// Every number of identity in the text.
pub fn find(text: &Folded) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut at, mut behind) = (text.lead(), None);
    while at < text.chars.len() {
        let letter = text.chars[at].is_ascii_alphabetic();
        // One behind the other, with nothing between them: the first says what the next is.
        match letter.then(|| read(text, at, behind == Some(at))).flatten() {
            Some((one, end)) => {
                found.push(one);
                (at, behind) = (end, Some(end));
            }
            None => at += 1,
        }
    }
    found
}

/// Whether ten characters, a letter first, are a number whose check digit is right.
pub fn is_valid(number: &[char]) -> bool {
    let [letter, second, rest @ ..] = number else { return false };
    let (Some(letter), second) = (letter_value(*letter), second) else { return false };
    let second = match letter_value(*second) {
        Some(value) if matches!(second.to_ascii_uppercase(), 'A'..='D') => value % 10,
        _ => match digit(*second) {
            Some(value @ (1 | 2 | 8 | 9)) => u32::from(value),
            _ => return false,
        },
    };
    let mut sum = letter / 10 + letter % 10 * 9 + second * 8;
    for (c, weight) in rest.iter().zip([7, 6, 5, 4, 3, 2, 1, 1]) {
        let Some(value) = digit(*c) else { return false };
        sum += u32::from(value) * weight;
    }
    rest.len() == 8 && sum.is_multiple_of(10)
}

/// The two figures a letter stands for, as the Ministry of the Interior gives them out.
fn letter_value(letter: char) -> Option<u32> {
    const ORDER: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let letter = letter.to_ascii_uppercase();
    Some(ORDER.chars().position(|other| other == letter)? as u32 + 10)
}

/// Ten characters in a row that may be a number, as they are read.
struct Figures {
    number: Vec<char>,
    /// Where each of them stands, and where the last one ends.
    at_of: Vec<usize>,
    end: usize,
    /// What stands between them, and how many stand together.
    gaps: Vec<char>,
    groups: Vec<usize>,
    /// How many are letters that look like figures, and whether one is a Chinese figure.
    alike: usize,
    chinese: bool,
}

/// Reads a letter and nine figures from `start` on.
fn figures(text: &Folded, start: usize) -> Option<Figures> {
    let mut number = vec![text.chars[start]];
    let mut at_of = vec![start];
    let mut at = start + 1;
    let mut gaps: Vec<char> = Vec::new();
    let mut groups = vec![1_usize];
    let (mut alike, mut chinese) = (0, false);
    while number.len() < 10 {
        if number.len() == 6 && is_masked(text, at) {
            return None;
        }
        let (next, separator) = skip(text, at)?;
        if let Some(separator) = separator {
            // Only the letter, or the last figure, is set in brackets.
            if separator == '(' && !matches!(number.len(), 1 | 9) {
                return None;
            }
            gaps.extend(Some(separator).filter(|separator| !matches!(separator, '\n' | '(')));
            groups.push(0);
        }
        let c = text.get(next)?;
        let value = match c {
            'A'..='D' | 'a'..='d' if number.len() == 1 => c,
            'O' | 'o' | 'l' | 'I' | '|' if number.len() > 1 => {
                alike += 1;
                if matches!(c, 'O' | 'o') { '0' } else { '1' }
            }
            _ => {
                chinese |= digit(c).is_some() && !c.is_ascii();
                char::from(b'0' + digit(c)?)
            }
        };
        number.push(value);
        at_of.push(next);
        *groups.last_mut()? += 1;
        at = next + 1;
    }
    Some(Figures { number, at_of, end: at, gaps, groups, alike, chinese })
}

/// Whether the last four figures are masked at `at`, and what stands behind the mask is another number:
/// four figures might be those that are hidden.
fn is_masked(text: &Folded, at: usize) -> bool {
    let behind = |at: usize| text.get(at).and_then(digit).is_some();
    let figures = (at + 4..at + 9).take_while(|at| behind(*at)).count();
    (at..at + 4).all(|at| text.get(at) == Some('*')) && figures != 4
}

/// Reads the number that begins with the letter at `start`, and where it ends; `follows` tells that
/// another one ends right before it.
fn read(text: &Folded, start: usize, follows: bool) -> Option<(Found, usize)> {
    let begins = !is_word(text.before(start)) || begins_word(text, start);
    if !begins && !follows {
        return None;
    }
    let Figures { number, at_of, end: at, gaps, groups, alike, chinese } = figures(text, start)?;
    let gap = gaps.last().copied();
    if !are_of_one_number(&gaps, &groups, &number) {
        return None;
    }
    let second = number[1];
    if !matches!(second, '1' | '2' | '8' | '9') && !second.is_ascii_alphabetic() {
        return None;
    }
    let valid = is_valid(&number);
    if !begins && !valid {
        return None;
    }
    let told = text.is_behind(start, 14, WORDS);
    let other = text.is_behind(start, 14, OTHER);
    let ends_word = (groups.len() == 1 && ends_in_letters(text, at))
        || (valid && ends_before_another(text, &number, at, told, other));
    let goes_on = |c: Option<char>| is_word(c) || c.is_some_and(|c| chinese && digit(c).is_some());
    if (goes_on(text.get(at)) && !ends_word) || alike > 6 {
        return None;
    }
    let parted = groups.len() > 1;
    if let (Some(gap), Some(next)) = (gap, text.get(at)) {
        // The next group of the same figure: it is longer than a number of identity.
        if next == gap && text.get(at + 1).is_some_and(|c| digit(c).is_some()) {
            return None;
        }
    }
    if parted && !told && is_named_otherwise(text, start) {
        return None;
    }
    let of_invoice = text.is_behind(start, 8, &["發票", "invoice"]);
    let invoice = is_invoice(&groups, gap, of_invoice) && second.is_ascii_alphabetic();
    if (invoice && !told) || (parted && is_date_like(&number, &groups)) {
        return None;
    }
    let kind = if valid {
        Kind::Identity
    } else {
        // One in ten of other numbers has the right check digit: a wrong one counts only where
        // the form is plain and nothing says that it is a paper's.
        let plain = !parted
            && !is_word(text.before(start))
            && !is_word(text.get(at))
            && alike == 0
            && !chinese
            && !second.is_ascii_alphabetic();
        if !told && (!plain || other) {
            return None;
        }
        Kind::IdentityLike
    };
    let hidden = at_of[6..].iter().map(|at| text.place(*at)).collect();
    Some((Found { kind, place: text.span(start, at), hidden }, at))
}

/// Whether the number, whose check digit is right, is whole although more follows at `end` without a
/// gap: another number of identity, a day, a telephone number, a figure or two that count copies.
/// Where a word says that it is one of identity, whatever figures follow.
fn ends_before_another(
    text: &Folded,
    number: &[char],
    end: usize,
    told: bool,
    other: bool,
) -> bool {
    let Some(next) = text.get(end) else { return false };
    if next.is_ascii_alphabetic() {
        return figures(text, end).is_some_and(|next| is_valid(&next.number));
    }
    // Longer than any number that is known here.
    let run: String = text.chars[end..]
        .iter()
        .map_while(|c| digit(*c))
        .take(20)
        .map(|n| char::from(b'0' + n))
        .collect();
    let after = text.get(end + run.len());
    if told {
        return !is_word(after);
    }
    if run.is_empty() || other || is_word(after) || matches!(after, Some('-' | '/' | '號')) {
        return false;
    }
    let telephone = matches!(run.len(), 9 | 10) && run.starts_with('0');
    telephone || is_day(&run) || (run.len() <= 3 && !begins_with_year(number))
}

/// Whether figures without a mark between them are a day of either era.
fn is_day(run: &str) -> bool {
    let (year, rest) = run.split_at(run.len().saturating_sub(4));
    let between = |text: &str, from: &str, to: &str| (from..=to).contains(&text);
    let era = match year.len() {
        4 => between(year, "1900", "2099"),
        3 => between(year, "001", "130"),
        2 => between(year, "01", "99"),
        _ => false,
    };
    era && between(&rest[..2], "01", "12") && between(&rest[2..], "01", "31")
}

/// Whether the figures behind the letter begin with a year that papers of today bear, 民國100年 to 119年 or
/// 1990 to 2039, or are a day of one before 民國100年: so offices number their papers. One in ten of such
/// numbers has a right check digit by chance, so only a word can tell them.
fn begins_with_year(number: &[char]) -> bool {
    let figures: String = number[1..].iter().collect();
    let starts = figures.starts_with("10") || figures.starts_with("11");
    starts || ("1990".."2040").contains(&&figures[..4]) || is_day(&figures[..6])
}

/// Whether the word right before says that the number at `start` is one of papers: `文號：A-123`. One
/// that stands further away may speak of another: `案號登錄不完整 A 123 456 789`.
fn is_named_otherwise(text: &Folded, start: usize) -> bool {
    let lead: String = text.chars[start.saturating_sub(14)..start].iter().collect();
    let lead = lead.to_lowercase();
    let lead = lead.trim_end_matches([' ', ':', '=', '#', '.', '(', '為', '是']);
    OTHER.iter().any(|word| lead.ends_with(word))
}

/// Whether a number begins here although letters stand right before: `IDA123456789`, `userA123456789`.
fn begins_word(text: &Folded, start: usize) -> bool {
    let hump = text.chars[start].is_ascii_uppercase()
        && text.before(start).is_some_and(|c| c.is_ascii_lowercase());
    // Only as far back as a telephone number is long: a row of letters and figures may go on for ever.
    let run = (0..start).rev().take(11).take_while(|at| is_word(text.get(*at))).count();
    let before: String = text.chars[start - run..start].iter().collect();
    // A day before it, as names of files have: `20260301A123456789`.
    let day = (6..=8).contains(&run) && before.bytes().all(|byte| byte.is_ascii_digit());
    let known = ["id", "uid", "pid", "idno", "no"].contains(&&*before.to_lowercase());
    let mobile =
        run == 10 && before.starts_with("09") && before.bytes().all(|b| b.is_ascii_digit());
    hump || known || day || mobile
}

/// Whether letters and nothing else follow, as in `A123456789scan.pdf`: a hash has figures as well.
fn ends_in_letters(text: &Folded, at: usize) -> bool {
    let mut rest = text.chars[at..].iter().skip_while(|c| c.is_ascii_alphabetic());
    is_word(text.get(at)) && !rest.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether what stands between the groups may do so in one number. Dates and figures mix what parts
/// them, and lists have commas; here one mark goes through, or another one the first time, behind the
/// letter: `A 123-456-789`.
fn are_of_one_number(gaps: &[char], groups: &[usize], number: &[char]) -> bool {
    let same = |gaps: &[char]| gaps.windows(2).all(|two| two[0] == two[1]);
    let listed =
        |gap: &char| !matches!(gap, ' ' | '-' | '.' | '_' | '/' | '*' | '\\' | '~' | '+' | '|');
    if gaps.iter().any(listed) {
        return same(gaps) && groups.iter().all(|count| *count == 1);
    }
    same(gaps) || (same(&gaps[1..]) && groups[0] == 1 && !has_year(number, groups))
}

/// Whether one of the groups reads as a year, of either era.
fn has_year(number: &[char], groups: &[usize]) -> bool {
    let mut at = 0;
    groups.iter().any(|count| {
        let group: String = number[at..at + count].iter().collect();
        at += count;
        let begins = |starts: &[&str]| starts.iter().any(|start| group.starts_with(start));
        (*count == 4 && begins(&["19", "20"]))
            || (*count == 3 && groups.len() < 4 && begins(&["10", "11", "12"]))
    })
}

/// Passes over what stands between two characters of a number; gives what it was. A bracket or
/// quotation mark counts as `(`, which is no separator: the letter or the last figure is set in them.
fn skip(text: &Folded, from: usize) -> Option<(usize, Option<char>)> {
    let mut at = from;
    let mut separator = None;
    while let Some(c) = text.get(at) {
        let here = match c {
            '\n' => '\n',
            ' ' => ' ',
            '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '「' | '」' | '『' | '』' | '"'
            | '\'' => '(',
            // A mark of any other sort stands for itself between all of the figures.
            c if !c.is_ascii() && !c.is_alphanumeric() && digit(c).is_none() => c,
            '-' | '.' | '_' | '/' | '*' | '\\' | '~' | '+' | '|' | ',' | ':' | ';' | '#' | '='
            | '^' => c,
            _ => break,
        };
        separator = match (separator, here) {
            (None, here) | (Some(' '), here) => Some(here),
            (Some('\n'), ' ' | '\n') | (Some('-'), '\n') => Some('\n'),
            (Some(same), ' ') => Some(same),
            (Some(before), here) if before == here => Some(here),
            _ => return None,
        };
        at += 1;
        if at - from > WIDEST_GAP {
            return None;
        }
    }
    Some((at, separator))
}

/// Whether the groups of figures read as a date: `表A 2026-01-02 5`.
fn is_date_like(number: &[char], groups: &[usize]) -> bool {
    let mut at = 0;
    for three in groups.windows(3) {
        let year: String =
            number[at..at + three[0]].iter().filter(|c| c.is_ascii_digit()).collect();
        let is_year = match year.len() {
            4 => year.starts_with("19") || year.starts_with("20"),
            2 | 3 => year.starts_with('1') || year.starts_with('9') || year.starts_with('8'),
            _ => false,
        };
        if is_year && three[1] <= 2 && three[2] <= 2 && three[1] + three[2] > 2 {
            return true;
        }
        at += three[0];
    }
    false
}

/// Whether it is an invoice's or a machine's: two letters, and eight figures behind a hyphen, be it in
/// fours (`PC-2895-0802`), or behind its word.
fn is_invoice(groups: &[usize], gap: Option<char>, told: bool) -> bool {
    told || (matches!(groups, [2, 8] | [2, 4, 4]) && gap == Some('-'))
}
