//! A text as a page would show it: what stands between two characters of a number may be a tag, a
//! mark of emphasis, or an entity, in HTML as in Markdown. Nothing here decides what is one: whatever
//! looks like markup is left out, and the text is looked at without markup besides.

use std::ops::Range;

/// The longest tag that is passed over, in bytes; a longer one is text.
const LONGEST_TAG: usize = 400;
/// The longest entity, in bytes: `&NegativeVeryThinSpace;` is the longest that matters.
const LONGEST_ENTITY: usize = 24;

/// Names of the characters that stand in or between the figures of numbers and addresses.
const NAMES: &[(&str, char)] = &[
    ("ApplyFunction", '\u{2061}'),
    ("CenterDot", '.'),
    ("InvisibleComma", '\u{2063}'),
    ("InvisibleTimes", '\u{2062}'),
    ("MediumSpace", ' '),
    ("NegativeMediumSpace", '\u{200b}'),
    ("NegativeThickSpace", '\u{200b}'),
    ("NegativeThinSpace", '\u{200b}'),
    ("NegativeVeryThinSpace", '\u{200b}'),
    ("NewLine", ' '),
    ("NoBreak", '\u{2060}'),
    ("NonBreakingSpace", ' '),
    ("Tab", ' '),
    ("ThickSpace", ' '),
    ("ThinSpace", ' '),
    ("UnderBar", '_'),
    ("VerticalLine", '|'),
    ("VeryThinSpace", ' '),
    ("ZeroWidthSpace", '\u{200b}'),
    ("af", '\u{2061}'),
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("bsol", '\\'),
    ("bull", '.'),
    ("centerdot", '.'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("dash", '-'),
    ("emsp", ' '),
    ("emsp13", ' '),
    ("emsp14", ' '),
    ("ensp", ' '),
    ("equals", '='),
    ("hairsp", ' '),
    ("horbar", '-'),
    ("hyphen", '-'),
    ("ic", '\u{2063}'),
    ("it", '\u{2062}'),
    ("lbrack", '['),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lrm", '\u{200e}'),
    ("lsqb", '['),
    ("mdash", '-'),
    ("midast", '*'),
    ("middot", '.'),
    ("minus", '-'),
    ("nbsp", ' '),
    ("ndash", '-'),
    ("num", '#'),
    ("numsp", ' '),
    ("period", '.'),
    ("plus", '+'),
    ("puncsp", ' '),
    ("quot", '"'),
    ("rbrack", ']'),
    ("rlm", '\u{200f}'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("semi", ';'),
    ("shy", '\u{200b}'),
    ("sol", '/'),
    ("thinsp", ' '),
    ("verbar", '|'),
    ("vert", '|'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// Whether a text has anything that may be markup.
pub fn is_in(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'<' | b'&' | b'*' | b'~' | b'`' | b'[' | b'\\' | b'%'))
        || text.contains("__")
}

/// The characters a page would show, each with its place in the text (bytes).
pub fn shown(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let mut at = 0;
    // How many of a row of stars are to come.
    let mut stars = 0;
    // Where no tag can end any more: looked for once, not at every `<`.
    let last_end = text.rfind('>').unwrap_or(0);
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let c = rest.chars().next()?;
            let from = at;
            match c {
                '<' if at < last_end => {
                    if let Some(length) = tag(rest) {
                        at += length;
                        continue;
                    }
                }
                '&' => {
                    if let Some((length, c)) = entity(rest) {
                        at += length;
                        return Some((from..at, c));
                    }
                }
                '%' => {
                    if let Some(c) = percent(rest) {
                        at += 3;
                        return Some((from..at, c));
                    }
                }
                ']' => {
                    at += 1 + link(&rest[1..]);
                    continue;
                }
                // No emphasis has as many: it is a mask.
                '*' if stars > 0 || rest.starts_with("****") => {
                    stars = if stars > 0 {
                        stars
                    } else {
                        rest.bytes().take_while(|b| *b == b'*').count()
                    };
                    stars -= 1;
                    at += 1;
                    return Some((from..at, c));
                }
                '*' | '~' | '`' | '[' => {
                    at += 1;
                    continue;
                }
                '_' if rest.starts_with("__") => {
                    at += 2;
                    continue;
                }
                '\\' if let Some((length, c)) = escape(rest) => {
                    at += length;
                    return Some((from..at, c));
                }
                '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                    // What it escapes is shown as it is.
                    let c = rest[1..].chars().next()?;
                    at += 2;
                    return Some((from + 1..at, c));
                }
                _ => {}
            }
            at += c.len_utf8();
            return Some((from..at, c));
        }
    })
}

/// The length of the tag or comment that begins here.
fn tag(rest: &str) -> Option<usize> {
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?');
    rest.as_bytes().get(1).filter(|byte| begins(byte))?;
    let end =
        rest.bytes().take(LONGEST_TAG).skip(1).position(|byte| matches!(byte, b'>' | b'<'))?;
    (rest.as_bytes()[end + 1] == b'>').then_some(end + 2)
}

/// The character an entity stands for, and its length.
fn entity(rest: &str) -> Option<(usize, char)> {
    // Written twice over, `&amp;#49;`: where it is shown, it is an entity again.
    for start in ["&#", "&amp;#"] {
        if let Some(number) = rest.strip_prefix(start) {
            let (length, c) = numbered(number)?;
            return Some((start.len() + length, c));
        }
    }
    let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let (_, c) = NAMES.iter().find(|(name, _)| rest.get(1..end) == Some(name))?;
    Some((end + 1, *c))
}

/// The character of a number, `49;` or `x31;`, and its length. The semicolon may lack, as in HTML.
fn numbered(number: &str) -> Option<(usize, char)> {
    let (start, radix) = if number.starts_with(['x', 'X']) { (1, 16) } else { (0, 10) };
    let digits = number[start..].bytes().take(LONGEST_ENTITY);
    let end = start + digits.take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let point = u32::from_str_radix(&number[start..end], radix).ok()?;
    let length = end + usize::from(number.as_bytes().get(end) == Some(&b';'));
    Some((length, char::from_u32(point)?))
}

/// The length of the address of a link whose words have just ended.
fn link(rest: &str) -> usize {
    let inside = |byte: &u8| !matches!(byte, b'(' | b')' | b'\n');
    let length = rest.bytes().skip(1).take(LONGEST_TAG).take_while(inside).count();
    let is_link = rest.starts_with('(') && rest.as_bytes().get(length + 1) == Some(&b')');
    if is_link { length + 2 } else { 0 }
}

/// The character that scripts and data write by its number or its letter: `\u0041`, `\x41`, `\n`; one
/// beyond the first 65,536 by two numbers, `\ud835\udfce`.
fn escape(rest: &str) -> Option<(usize, char)> {
    let number = |from: usize, to: usize| u32::from_str_radix(rest.get(from..to)?, 16).ok();
    match rest.as_bytes().get(1)? {
        b'n' | b'r' | b't' => Some((2, ' ')),
        b'x' => Some((4, char::from_u32(number(2, 4)?)?)),
        b'u' => {
            let first = number(2, 6)?;
            if (0xd800..0xdc00).contains(&first) && rest.get(6..8) == Some("\\u") {
                let second = number(8, 12)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                let point = 0x1_0000 + ((first - 0xd800) << 10) + second;
                return Some((12, char::from_u32(point)?));
            }
            Some((6, char::from_u32(first)?))
        }
        _ => None,
    }
}

/// The character that an address writes by its number: `%40`.
fn percent(rest: &str) -> Option<char> {
    let byte = u8::from_str_radix(rest.get(1..3)?, 16).ok()?;
    let c = char::from(byte);
    (c.is_ascii_alphanumeric() || "@-.+_".contains(c)).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        shown(text).map(|(_, c)| c).collect()
    }

    #[test]
    fn what_a_page_shows_is_what_is_left() {
        for (text, expected) in [
            ("02-<b>2345</b>-6789", "02-2345-6789"),
            ("0912&#45;345&#x36;78", "0912-345678"),
            ("0912&#45345", "0912\u{b121}"),
            ("09**12**34__56__78 `9`", "0912345678 9"),
            ("a\\*b\\\\c\\d", "a*b\\c\\d"),
            ("1 < 2 > 0 <-", "1 < 2 > 0 <-"),
            ("a<br/>b<!-- c -->d<", "abd<"),
            ("some&commat;x.tw &unknown; &", "some@x.tw &unknown; &"),
            ("id=A%31%20x 5%", "id=A1%20x 5%"),
            ("\\u0041\\x31\\ud835\\udfd0\\n\\t3\\ud835", "A1𝟐  3\\ud835"),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "甲<b>1</b>&#50;";
        let places: Vec<&str> = shown(text).map(|(place, _)| &text[place]).collect();
        assert_eq!(places, ["甲", "1", "&#50;"]);
    }
}
