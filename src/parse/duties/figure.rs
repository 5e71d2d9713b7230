//! Numbers as duties state them: 2,000, 三百, 三萬, and the shape of a text in which they are looked for.

use crate::law::numeral;

/// The value of a number in figures or characters.
pub fn read(text: &str) -> Option<u64> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    if let Ok(number) = plain.parse() {
        return Some(number);
    }
    let plain = plain.replace('兩', "二");
    let split = |unit: char| plain.split_once(unit).map(|(a, b)| (a.to_owned(), b.to_owned()));
    let small = |text: &str| -> Option<u64> {
        match text.trim_start_matches(['零', '〇']) {
            "" => Some(0),
            text => numeral::read(text).map(u64::from),
        }
    };
    let thousands = |text: &str| -> Option<u64> {
        match text.split_once('千') {
            Some((front, rest)) => {
                let front = if front.is_empty() { 1 } else { small(front)? };
                Some(front * 1000 + small(rest)?)
            }
            None => small(text),
        }
    };
    let number = match split('萬') {
        Some((front, rest)) => thousands(&front)? * 10_000 + thousands(&rest)?,
        None => thousands(&plain)?,
    };
    (number > 0).then_some(number)
}

/// A text in the shape patterns are written for: no white space, half-width figures and signs
/// within numbers, full-width brackets.
pub fn shape(text: &str) -> String {
    let mut shaped = String::with_capacity(text.len());
    let mut rest = text.chars().filter(|c| !c.is_whitespace() || *c == '\n').peekable();
    while let Some(c) = rest.next() {
        shaped.push(match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '％' => '%',
            '(' => '（',
            ')' => '）',
            ':' => '：',
            ';' => '；',
            ',' | '，'
                if shaped.ends_with(|c: char| c.is_ascii_digit())
                    && rest
                        .peek()
                        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '０'..='９')) =>
            {
                ','
            }
            ',' => '，',
            'ㄧ' => '一',
            c => c,
        });
    }
    shaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_duties_state_them() {
        for (text, number) in [
            ("2,000", 2000),
            ("三萬", 30_000),
            ("三百", 300),
            ("一千二百零五", 1205),
            ("兩", 2),
            ("12", 12),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        assert_eq!((read("零"), read("萬"), read("")), (None, None, None));
    }

    #[test]
    fn a_text_is_shaped_for_the_patterns() {
        assert_eq!(shape("每月 抽查６％ (２，０００件),\n續"), "每月抽查6%（2,000件），\n續");
    }
}
