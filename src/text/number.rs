//! How pages write numbers. Files for other programs have them bare.

use crate::time::{Day, Instant, roc_long};

use std::fmt;

/// A number within a sentence.
pub struct Grouped<T>(pub T);

impl<T: fmt::Display> fmt::Display for Grouped<T> {
    /// The whole part as pages write it; what is behind a point stays as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (whole, rest) = text.split_at(end);
        match whole.parse() {
            Ok(whole) => write!(f, "{}{rest}", grouped(whole)),
            Err(_) => f.write_str(&text),
        }
    }
}

/// A number as pages write it: from 10,000 on, with a comma at every thousand.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if number < 10_000 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A day in both calendars: `民國115年11月21日（2026-11-21）`.
pub fn date(day: Day) -> String {
    format!("{}（{day}）", roc_long(day))
}

/// A time of a day in Taiwan, in both calendars: `民國115年11月20日（2026-11-20）16:40`.
pub fn instant(at: Instant) -> String {
    format!("{}{}", date(at.day()), at.time_of_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_divided_from_ten_thousand_on() {
        for (number, text) in [
            (0, "0"),
            (9_999, "9999"),
            (10_000, "10,000"),
            (123_456, "123,456"),
            (1_234_567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(Grouped("12345.67").to_string(), "12,345.67");
        assert_eq!(Grouped("20.04").to_string(), "20.04");
    }
}
