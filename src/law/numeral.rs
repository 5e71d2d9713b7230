//! Chinese numerals from 1 to 999 as regulations write them: 十一, 廿三, 一百零五, 一〇五.
//! Text in, number out, and back.

/// Whether `c` may stand in a Chinese numeral.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || tens(c).is_some() || matches!(c, '百' | '零')
}

/// The value of a Chinese numeral, from 1 to 999; `None` for anything else.
pub fn read(text: &str) -> Option<u16> {
    value(text.chars())
}

/// The value of the numeral that the characters make.
fn value(numeral: impl Iterator<Item = char> + Clone) -> Option<u16> {
    let plain = numeral.clone().all(|c| digit(c).is_some());
    let number = if plain { read_digits(numeral) } else { read_units(numeral) };
    number.filter(|number| (1..=999).contains(number))
}

/// Writes `number` the way statutes do: 十一, 二十, 一百零五, 一百十. Above 999 in plain digits.
pub fn write(number: u16) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if number == 0 || hundreds > 9 {
        return number.to_string();
    }
    let mut written = String::new();
    if hundreds > 0 {
        written += DIGITS[usize::from(hundreds)];
        written += "百";
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => written += "零",
        0 => {}
        1 => written += "十",
        _ => {
            written += DIGITS[usize::from(tens)];
            written += "十";
        }
    }
    if ones > 0 {
        written += DIGITS[usize::from(ones)];
    }
    written
}

/// The value of a numeral in the characters of deeds, from 1 to 99: 壹, 叁, 拾貳.
pub fn read_formal(text: &str) -> Option<u16> {
    let plain = text.chars().map_while(formal);
    let whole = plain.clone().count() == text.chars().count();
    value(plain).filter(|number| whole && *number < 100)
}

/// Whether `c` may stand in a numeral of deeds.
pub fn is_formal(c: char) -> bool {
    formal(c).is_some()
}

/// Writes `number` in the characters of deeds, as parts of rules are numbered.
pub fn write_formal(number: u16) -> String {
    let formal = |c: char| match c {
        '一' => '壹',
        '二' => '貳',
        '三' => '參',
        '四' => '肆',
        '五' => '伍',
        '六' => '陸',
        '七' => '柒',
        '八' => '捌',
        '九' => '玖',
        '十' => '拾',
        other => other,
    };
    write(number).chars().map(formal).collect()
}

/// The plain character for one of those that deeds use.
fn formal(c: char) -> Option<char> {
    Some(match c {
        '壹' | '壱' => '一',
        '貳' | '贰' | '貮' => '二',
        '參' | '叁' | '参' | '叄' => '三',
        '肆' => '四',
        '伍' => '五',
        '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        _ => return None,
    })
}

/// Digits one after another, as in 一〇五 or plain 五.
fn read_digits(digits: impl Iterator<Item = char>) -> Option<u16> {
    const MOST: usize = 3;
    let mut number = 0;
    for (place, digit) in digits.filter_map(digit).enumerate() {
        if place == MOST || (place == 0 && digit == 0) {
            return None;
        }
        number = number * 10 + digit;
    }
    (number > 0).then_some(number)
}

/// Digits with units, as in 一百零五 or 廿三. Units must fall.
fn read_units(numeral: impl Iterator<Item = char>) -> Option<u16> {
    let (mut total, mut pending, mut below) = (0, None, 1000);
    for c in numeral {
        if c == '零' || digit(c) == Some(0) {
            if pending.is_some() || total == 0 {
                return None;
            }
        } else if let Some(digit) = digit(c) {
            if pending.replace(digit).is_some() {
                return None;
            }
        } else {
            let (unit, value) = match (c, tens(c)) {
                ('百', _) => (100, 100 * pending.take().unwrap_or(1)),
                (_, Some(1)) => (10, 10 * pending.take().unwrap_or(1)),
                (_, Some(tens)) if pending.is_none() => (10, 10 * tens),
                _ => return None,
            };
            if unit >= below {
                return None;
            }
            below = unit;
            total += value;
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// A single digit; with the look-alikes that texts are found to hold (ㄧ U+3127, Kangxi radicals).
fn digit(c: char) -> Option<u16> {
    Some(match c {
        '〇' | '○' => 0,
        '一' | 'ㄧ' | '⼀' => 1,
        '二' | '⼆' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' | '\u{f9d1}' => 6,
        '七' => 7,
        '八' | '⼋' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// How many tens one character stands for.
fn tens(c: char) -> Option<u16> {
    Some(match c {
        '十' | '⼗' | '\u{f973}' => 1,
        '廿' => 2,
        '卅' => 3,
        '卌' => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_back() {
        for number in 1..=999 {
            assert_eq!(read(&write(number)), Some(number), "{}", write(number));
        }
    }

    #[test]
    fn deeds_have_characters_of_their_own() {
        for number in 1..=99 {
            assert_eq!(read_formal(&write_formal(number)), Some(number));
        }
        assert_eq!((read_formal("叁"), read_formal("一"), read_formal("")), (Some(3), None, None));
    }

    #[test]
    fn writes_as_statutes_do() {
        let written: Vec<_> = [1, 10, 11, 20, 21, 100, 105, 110, 111, 999].map(write).into();
        assert_eq!(
            written.join(" "),
            "一 十 十一 二十 二十一 一百 一百零五 一百十 一百十一 九百九十九"
        );
    }

    #[test]
    fn reads_look_alikes_and_other_spellings() {
        for (text, number) in [
            ("ㄧ", 1),
            ("廿三", 23),
            ("卅", 30),
            ("一〇五", 105),
            ("一百一十", 110),
            ("百二十", 120),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["", "〇", "十百", "一二三四", "二廿", "零一", "甲", "一十十"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
