//! Figures at the beginning of a text: 七, 十二之一, 12, １２－１; and what follows them.

use super::{number::Part, numeral};

/// What stands between the two figures of 12-1.
const HYPHENS: [char; 2] = ['-', '－'];

/// The number `text` begins with, in Chinese or Arabic figures, and what follows it.
pub fn number(text: &str) -> Option<(Part, &str)> {
    let (Figures::Chinese(part) | Figures::Arabic(part), rest) = figures(text)?;
    Some((part, rest))
}

/// Figures, by the script they are in.
#[derive(Clone, Copy, Debug)]
pub enum Figures {
    Chinese(Part),
    Arabic(Part),
}

/// The figures `text` begins with, and what follows them.
pub fn figures(text: &str) -> Option<(Figures, &str)> {
    let end = |in_number: fn(char) -> bool| {
        text.find(|c: char| !in_number(c)).map_or((text, ""), |end| text.split_at(end))
    };
    let (written, rest) = end(|c| numeral::is_numeral(c) || c == '之');
    if !written.is_empty() {
        // 二之1.
        if let Some(number) = written.strip_suffix('之') {
            let (inserted, rest) = digits(rest)?;
            let part = Part::new(numeral::read(number)?, Some(inserted))?;
            return Some((Figures::Chinese(part), rest));
        }
        let (number, inserted) = match written.split_once('之') {
            Some((number, inserted)) => (number, Some(numeral::read(inserted)?)),
            None => (written, None),
        };
        return Some((Figures::Chinese(Part::new(numeral::read(number)?, inserted)?), rest));
    }
    let (number, rest) = digits(text)?;
    let (inserted, rest) = match rest.strip_prefix(HYPHENS) {
        Some(behind) => {
            let (inserted, rest) = digits(behind)?;
            (Some(inserted), rest)
        }
        None => (None, rest),
    };
    let ends = !rest.starts_with(HYPHENS);
    ends.then_some((Figures::Arabic(Part::new(number, inserted)?), rest))
}

/// The number that Arabic digits at the beginning of `text` make, without a leading zero, and what follows.
fn digits(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c| arabic(c).is_none()).unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let digit = |c| arabic(c).and_then(|c| c.to_digit(10)).and_then(|c| u16::try_from(c).ok());
    let number = written.chars().filter_map(digit).try_fold(0_u16, |number, digit| {
        let leads = number == 0 && digit == 0;
        if leads { None } else { number.checked_mul(10)?.checked_add(digit) }
    })?;
    (!written.is_empty()).then_some((number, rest))
}

/// The ASCII form of a digit in half or full width.
pub fn arabic(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}
