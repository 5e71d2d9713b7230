//! Figures at the beginning of a text: 七, 十二之一, 12, １２－１; and what follows them.

use super::{number::Part, numeral};

/// The number `text` begins with, in Chinese or Arabic figures, and what follows it.
pub fn number(text: &str) -> Option<(Part, &str)> {
    let (Figures::Chinese(part) | Figures::Arabic(part), rest) = figures(text)?;
    Some((part, rest))
}

/// Figures, by the script they are in.
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
            let digits = rest.find(|c| arabic(c).is_none()).unwrap_or(rest.len());
            let inserted: String = rest[..digits].chars().filter_map(arabic).collect();
            let part = Part::new(numeral::read(number)?, Some(inserted.parse().ok()?))?;
            return Some((Figures::Chinese(part), &rest[digits..]));
        }
        let (number, inserted) = match written.split_once('之') {
            Some((number, inserted)) => (number, Some(numeral::read(inserted)?)),
            None => (written, None),
        };
        return Some((Figures::Chinese(Part::new(numeral::read(number)?, inserted)?), rest));
    }
    let (written, rest) = end(|c| arabic(c).is_some() || matches!(c, '-' | '－'));
    let plain: String = written.chars().map(|c| arabic(c).unwrap_or('-')).collect();
    Some((Figures::Arabic(plain.parse().ok()?), rest))
}

/// The ASCII form of a digit in half or full width.
pub fn arabic(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}
