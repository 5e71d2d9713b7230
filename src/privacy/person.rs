//! What tells who a person is without a number of their own: street addresses, dates of birth, the
//! numbers of households. Dates and numbers count only where a word says what they are.

use super::fold::{Folded, digit};
use super::{Found, Kind};

/// Everything of these kinds in the text.
pub fn find(text: &Folded) -> Vec<Found> {
    let mut found = Vec::new();
    for at in text.lead()..text.chars.len() {
        match text.chars[at] {
            '號' => found.extend(address(text, at)),
            // At the first figure of a number only.
            c if digit(c).is_some() && text.before(at).and_then(digit).is_none() => {
                found.extend(birthday(text, at));
                found.extend(household(text, at));
            }
            c if c.is_ascii_alphabetic() => found.extend(household(text, at)),
            _ => {}
        }
    }
    found
}

/// Longest way back from 號 to the name of the road.
const LONGEST_ADDRESS: usize = 60;

/// The address that ends with the 號 at `end`: figures, and before them 弄, 巷, 段, 鄰, and a road.
fn address(text: &Folded, end: usize) -> Option<Found> {
    let floor = end.saturating_sub(LONGEST_ADDRESS).max(text.lead());
    let figure = |c: char| digit(c).is_some() || "十百之-~, \n".contains(c);
    let mut at = end;
    let mut hidden = Vec::new();
    let mut road = None;
    while at > floor {
        let from = at;
        while at > floor && text.before(at).is_some_and(figure) {
            at -= 1;
            if digit(text.chars[at]).is_some() && hidden.len() < 12 {
                hidden.push(at);
            }
        }
        let counted =
            (at..from).any(|at| digit(text.chars[at]).is_some() || text.chars[at] == '十');
        let unit = text.before(at)?;
        if !counted {
            break;
        }
        match unit {
            '巷' | '弄' | '段' | '鄰' | '衖' => at -= 1,
            '路' | '街' | '道' | '村' | '里' | '莊' | '寮' => {
                road = Some(at - 1);
                break;
            }
            _ => break,
        }
    }
    let road = road?;
    let name = text.before(road)?;
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let tail = &text.chars[road];
    // 網路、線路 … are no roads, 大道 is one and 報到 is not; 第三村 of a list is none either.
    let not_a_road = (*tail == '路' && "網線電迴通鐵公道管".contains(name))
        || (*tail == '道' && name != '大')
        || !is_han(name)
        || matches!(text.get(end + 1), Some('函' | '令' | '公'));
    if not_a_road {
        return None;
    }
    let mut start = road;
    while start > floor && text.before(start).is_some_and(is_han) && road - start < 12 {
        start -= 1;
    }
    hidden.sort_unstable();
    let hidden = hidden.into_iter().map(|at| text.place(at)).collect();
    Some(Found { kind: Kind::Address, place: text.span(start, end + 1), hidden })
}

/// A date that begins at `start`, where a word says that somebody was born on it.
fn birthday(text: &Folded, start: usize) -> Option<Found> {
    let (end, digits) = date(text, start)?;
    let begun: String = text.chars[start.saturating_sub(16)..start].iter().collect();
    let begun = begun.to_lowercase();
    let said = ["出生", "生日", "生於", "誕生", "birth", "dob", "born"].iter().any(|word| {
        begun.rfind(word).is_some_and(|at| {
            // 發生日, 產生於: something else came into being.
            !begun[..at].ends_with(['發', '產', '衍', '孳', '學', '醫', '新'])
        })
    });
    let mut after = text.chars[end..].iter().copied().skip_while(|c| matches!(c, ' ' | '日'));
    let born = match (after.next(), after.next()) {
        (Some('出'), Some('生')) => true,
        (Some('生'), next) => next.is_none_or(|c| !('\u{3400}'..='\u{9fff}').contains(&c)),
        _ => false,
    };
    if !said && !born {
        return None;
    }
    let hidden = digits.into_iter().map(|at| text.place(at)).collect();
    Some(Found { kind: Kind::Birthday, place: text.span(start, end), hidden })
}

/// Reads a date in any of the usual forms: where it ends, and its figures.
fn date(text: &Folded, start: usize) -> Option<(usize, Vec<usize>)> {
    let mut groups: Vec<usize> = vec![0];
    let mut digits = Vec::new();
    let mut at = start;
    let mut end = start;
    while let Some(c) = text.get(at) {
        if digit(c).is_some() || c == '十' {
            digits.push(at);
            *groups.last_mut()? += 1;
            at += 1;
            end = at;
        } else if matches!(c, '-' | '/' | '.' | '年' | '月') && at == end && groups.len() < 3 {
            groups.push(0);
            at += 1;
            while text.get(at) == Some(' ') {
                at += 1;
            }
        } else {
            break;
        }
        if digits.len() > 12 {
            return None;
        }
    }
    let fits = matches!(&*groups, [1..=4, 1..=3, 1..=3] | [6..=8]);
    (fits && !digits.is_empty()).then_some((end, digits))
}

/// The number of a household: a letter or none, and seven or eight figures, behind 戶號.
fn household(text: &Folded, start: usize) -> Option<Found> {
    if super::fold::is_word(text.before(start)) {
        return None;
    }
    let mut at = start + usize::from(text.chars[start].is_ascii_alphabetic());
    let mut digits = Vec::new();
    while let Some(c) = text.get(at) {
        match c {
            c if digit(c).is_some() && digits.len() <= 10 => digits.push(at),
            '-' | ' ' if !digits.is_empty() => {}
            _ => break,
        }
        at += 1;
    }
    if !(5..=10).contains(&digits.len()) || !text.is_behind(start, 8, &["戶號", "household"]) {
        return None;
    }
    let end = digits[digits.len() - 1] + 1;
    let hidden = digits[digits.len() - 4..].iter().map(|at| text.place(*at)).collect();
    Some(Found { kind: Kind::Household, place: text.span(start, end), hidden })
}
