//! Values that have the right shape: what [`check`](crate::parse::check) gives, still with their places.

use std::fmt;

use super::schema::{Field, Shape};
use crate::source::{Span, Spanned};
use crate::time::{Clock, Day, Hours, Instant, Length, Period};

/// A checked value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub span: Span,
    pub data: Data,
}

/// What a checked value holds. Texts that name things (ids, clauses, words) are `Text`.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    Text(String),
    Date(Day),
    Instant(Instant),
    Clock(Clock),
    Period(Period),
    Count(u64),
    Rate(Rate),
    Length(Length),
    Hours(Hours),
    Flag(bool),
    /// A day of the month; `None` for the last.
    MonthDay(Option<u32>),
    List(Vec<Value>),
    Group(Group),
}

impl Value {
    /// The day a value of a history holds from: itself, or the day its mapping must have.
    pub fn day(&self, shape: Shape) -> Option<Day> {
        match (&self.data, shape) {
            (Data::Date(day), _) => Some(*day),
            (Data::Group(group), Shape::Group(fields)) => {
                let is_day = |field: &&Field| field.required && matches!(field.shape, Shape::Date);
                group.date(fields.iter().find(is_day)?.key)
            }
            _ => None,
        }
    }
}

/// A checked mapping, in the author's order. Of a history every value stands under its key, the
/// latest first, which is the one that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub span: Span,
    pub entries: Vec<(Spanned<String>, Value)>,
    /// Keys that were written with a value that is wrong, or has a wrong member: reported already.
    pub broken: Vec<String>,
}

impl Group {
    /// Whether a key has a history.
    pub fn has_history(&self) -> bool {
        self.entries.windows(2).any(|pair| pair[0].0.value == pair[1].0.value)
    }

    /// Whether `key` was written, be its value right or wrong.
    pub fn is_written(&self, key: &str) -> bool {
        self.get(key).is_some() || self.is_broken(key)
    }

    /// Whether `key` was written with a value that is not all right.
    pub fn is_broken(&self, key: &str) -> bool {
        self.broken.iter().any(|name| name == key)
    }

    /// The value of `key`, if it was written.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// The place of `key` itself, or of the whole mapping if it was not written.
    pub fn key_span(&self, key: &str) -> Span {
        let entry = self.entries.iter().find(|(name, _)| name.value == key);
        entry.map_or(self.span, |(name, _)| name.span)
    }

    /// A text, word or id.
    pub fn text(&self, key: &str) -> Option<Spanned<&str>> {
        let value = self.get(key)?;
        value.as_text().map(|text| Spanned::new(text, value.span))
    }

    /// A text as an owned string, empty if it was not written.
    pub fn string(&self, key: &str) -> String {
        self.text(key).map(|text| text.value.to_owned()).unwrap_or_default()
    }

    /// The texts of a list as owned strings.
    pub fn strings(&self, key: &str) -> Vec<String> {
        self.texts(key).map(|text| text.value.to_owned()).collect()
    }

    /// A text as an owned string.
    pub fn maybe_string(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.value.to_owned())
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Day> {
        match self.get(key)?.data {
            Data::Date(day) => Some(day),
            _ => None,
        }
    }

    /// A time of a day.
    pub fn instant(&self, key: &str) -> Option<Instant> {
        match self.get(key)?.data {
            Data::Instant(at) => Some(at),
            _ => None,
        }
    }

    /// A time of any day.
    pub fn clock(&self, key: &str) -> Option<Clock> {
        match self.get(key)?.data {
            Data::Clock(clock) => Some(clock),
            _ => None,
        }
    }

    /// A period (months included).
    pub fn period(&self, key: &str) -> Option<Period> {
        match self.get(key)?.data {
            Data::Period(period) => Some(period),
            _ => None,
        }
    }

    /// A count.
    pub fn count(&self, key: &str) -> Option<u64> {
        match self.get(key)?.data {
            Data::Count(count) => Some(count),
            _ => None,
        }
    }

    /// A rate.
    pub fn rate(&self, key: &str) -> Option<Rate> {
        match self.get(key)?.data {
            Data::Rate(rate) => Some(rate),
            _ => None,
        }
    }

    /// A length of time.
    pub fn length(&self, key: &str) -> Option<Length> {
        match self.get(key)?.data {
            Data::Length(length) => Some(length),
            _ => None,
        }
    }

    /// A number of hours.
    pub fn hours(&self, key: &str) -> Option<Hours> {
        match self.get(key)?.data {
            Data::Hours(hours) => Some(hours),
            _ => None,
        }
    }

    /// A flag; `false` if it was not written.
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.get(key).map(|value| &value.data), Some(Data::Flag(true)))
    }

    /// A mapping.
    pub fn group(&self, key: &str) -> Option<&Group> {
        match &self.get(key)?.data {
            Data::Group(group) => Some(group),
            _ => None,
        }
    }

    /// The members of a list; none if it was not written.
    pub fn list(&self, key: &str) -> &[Value] {
        match self.get(key).map(|value| &value.data) {
            Some(Data::List(items)) => items,
            _ => &[],
        }
    }

    /// The mappings of a list of mappings.
    pub fn groups(&self, key: &str) -> impl Iterator<Item = &Group> {
        self.list(key).iter().filter_map(|value| match &value.data {
            Data::Group(group) => Some(group),
            _ => None,
        })
    }

    /// The texts of a list of texts.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = Spanned<&str>> {
        self.list(key)
            .iter()
            .filter_map(|value| value.as_text().map(|text| Spanned::new(text, value.span)))
    }

    /// The periods of a list of periods.
    pub fn periods(&self, key: &str) -> Vec<Period> {
        let period = |value: &Value| match value.data {
            Data::Period(period) => Some(period),
            _ => None,
        };
        self.list(key).iter().filter_map(period).collect()
    }

    /// The days of a list of days.
    pub fn dates(&self, key: &str) -> Vec<Spanned<Day>> {
        let day = |value: &Value| match value.data {
            Data::Date(day) => Some(Spanned::new(day, value.span)),
            _ => None,
        };
        self.list(key).iter().filter_map(day).collect()
    }
}

impl Value {
    /// The text of a text, word or id.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// An exact share in basis points: `6%` is 600. Never a float, because 7 % of 100 must be 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    basis_points: u32,
}

impl Rate {
    /// Reads `6%`, `0.5%`, `12.25%`: at most two decimals, from 0 to 100 %.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.strip_suffix('%').or_else(|| text.strip_suffix('％'))?.trim_end();
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 2 {
            return None;
        }
        let scale = if decimals.len() == 1 { 10 } else { 1 };
        let basis_points = whole.parse::<u32>().ok()? * 100 + decimals.parse::<u32>().ok()? * scale;
        (basis_points <= 10_000).then_some(Self { basis_points })
    }

    /// The least whole number that is at least this share of `population`.
    pub fn of(self, population: u64) -> u64 {
        let product = u128::from(population) * u128::from(self.basis_points);
        u64::try_from(product.div_ceil(10_000)).expect("a share is not larger than the whole")
    }

    /// This share of `population` as an exact decimal, such as `20.04`; `20` if it is whole.
    pub fn exact(self, population: u64) -> String {
        let product = u128::from(population) * u128::from(self.basis_points);
        decimal(product, 10_000)
    }
}

impl fmt::Display for Rate {
    /// `6%`, `0.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", decimal(self.basis_points.into(), 100))
    }
}

/// `numerator / denominator` in decimals without trailing zeros; the denominator is a power of ten.
fn decimal(numerator: u128, denominator: u128) -> String {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    if rest == 0 {
        return whole.to_string();
    }
    let width = denominator.ilog10() as usize;
    format!("{whole}.{}", format!("{rest:0width$}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact() {
        let rate = |text| Rate::parse(text).expect("a rate");
        assert_eq!(rate("7%").of(100), 7);
        assert_eq!(rate("6%").of(334), 21);
        assert_eq!(rate("6%").exact(334), "20.04");
        assert_eq!(rate("0.5%").of(201), 2);
        assert_eq!(rate("100%").of(u64::MAX), u64::MAX);
        assert_eq!(rate("12.25%").to_string(), "12.25%");
        for text in ["6", "%", "6.%", "6.125%", "101%", "-1%", "1e2%", "6 0%"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }
}
