//! The number of a clause: `7.1.1` for 第七點第一款第一目, in all the forms it is written in.
//! Numbers order as numbers, not as text, and name a clause's place in its regulation for good.

use std::{fmt, str::FromStr};

use super::numeral;

/// One step of a number; `inserted` is the 1 of 第12-1點, a clause put in after the twelfth.
///
/// Invariant: both from 1 to 999. Orders 12, 12-1, 12-2, 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    number: u16,
    inserted: Option<u16>,
}

impl Part {
    /// The part 1, which opens a list.
    pub const FIRST: Part = Part { number: 1, inserted: None };

    /// A part, or `None` where a figure is not from 1 to 999.
    pub fn new(number: u16, inserted: Option<u16>) -> Option<Self> {
        let fits = |figure: u16| (1..=999).contains(&figure);
        (fits(number) && inserted.is_none_or(fits)).then_some(Self { number, inserted })
    }

    /// The figure before the hyphen.
    pub fn number(self) -> u16 {
        self.number
    }

    /// The figure after the hyphen, if the clause was inserted.
    pub fn inserted(self) -> Option<u16> {
        self.inserted
    }

    /// Whether a list goes on from `before` to this part without a gap: 12 or 12-1 after 12,
    /// 12-2 or 13 after 12-1.
    pub fn follows(self, before: Part) -> bool {
        match self.inserted {
            None => self.number == before.number + 1,
            Some(inserted) => {
                self.number == before.number && inserted == before.inserted.unwrap_or(0) + 1
            }
        }
    }

    /// 七, 十二之一.
    fn chinese(self) -> String {
        let mut written = numeral::write(self.number);
        if let Some(inserted) = self.inserted {
            written += "之";
            written += &numeral::write(inserted);
        }
        written
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inserted {
            None => write!(f, "{}", self.number),
            Some(inserted) => write!(f, "{}-{inserted}", self.number),
        }
    }
}

impl FromStr for Part {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (number, inserted) = match text.split_once('-') {
            Some((number, inserted)) => (figure(number)?, Some(figure(inserted)?)),
            None => (figure(text)?, None),
        };
        Self::new(number, inserted).ok_or(NumberError)
    }
}

/// A figure as numbers are written: digits only, no leading zero.
fn figure(text: &str) -> Result<u16, NumberError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().map_err(|_| NumberError) } else { Err(NumberError) }
}

/// The number of a clause: 點, 款, 目 and what stands below 目.
///
/// Invariant: one to four parts. Orders as the text does: 7, 7.1, 7.1.1, 7.2, 8, 12, 12-1.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseNumber(Vec<Part>);

impl ClauseNumber {
    /// The deepest a number goes: 點, 款, 目 and 目之一.
    pub const MAX_DEPTH: usize = 4;

    /// The number of a 點.
    pub fn point(part: Part) -> Self {
        Self(vec![part])
    }

    /// The number one step below this one, or `None` below the deepest.
    pub fn child(&self, part: Part) -> Option<Self> {
        if self.depth() == Self::MAX_DEPTH {
            return None;
        }
        let mut parts = self.0.clone();
        parts.push(part);
        Some(Self(parts))
    }

    /// From 點 down; never empty.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The last part: the clause's place among its siblings.
    pub fn last(&self) -> Part {
        *self.0.last().expect("a number has at least one part")
    }

    /// 1 for a 點, 2 for a 款, 3 for a 目, 4 below.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// The clause this one stands in; `None` for a 點.
    pub fn parent(&self) -> Option<Self> {
        let parts = &self.0[..self.0.len() - 1];
        (!parts.is_empty()).then(|| Self(parts.to_vec()))
    }

    /// Whether this is `other` or stands within it: 7.1.1 starts with 7.1, but 71 not with 7.
    pub fn starts_with(&self, other: &ClauseNumber) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The fragment of the clause's permanent address: `p7-1-1`; `p12_1-2` for 12-1.2, so that
    /// no two numbers share one.
    pub fn anchor(&self) -> String {
        let parts: Vec<_> = self.0.iter().map(|part| part.to_string().replace('-', "_")).collect();
        format!("p{}", parts.join("-"))
    }

    /// The official way to cite the clause: 第七點第一款第一目, 第十二之一點, and below 目 by
    /// 中央法規標準法第8條 第一點第一款第一目之1.
    pub fn citation(&self) -> String {
        let mut cited = String::new();
        for (part, unit) in self.0.iter().zip(["點", "款", "目"]) {
            cited += &format!("第{}{unit}", part.chinese());
        }
        if let Some(below) = self.0.get(3) {
            cited += &format!("之{below}");
        }
        cited
    }
}

impl ClauseNumber {
    /// How papers cite the clause, with the numbers as texts write them: 第七點第（一）款第1目.
    pub fn paper_citation(&self) -> String {
        let mut cited = String::new();
        for (depth, part) in self.0.iter().enumerate() {
            cited += &match depth {
                0 => format!("第{}點", part.chinese()),
                1 => format!("第（{}）款", part.chinese()),
                2 => format!("第{part}目"),
                _ => format!("之{part}"),
            };
        }
        cited
    }

    /// The citation as people type it: 第7點第1款第1目.
    pub fn citation_in_figures(&self) -> String {
        let parts = self.0.iter().zip(["點", "款", "目"]);
        parts.map(|(part, unit)| format!("第{part}{unit}")).collect()
    }
}

impl fmt::Display for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            write!(f, "{dot}{part}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ClauseNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let parts: Vec<Part> = text.split('.').map(str::parse).collect::<Result<_, _>>()?;
        if parts.len() > Self::MAX_DEPTH { Err(NumberError) } else { Ok(Self(parts)) }
    }
}

/// A text that is no clause number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError;

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a clause number has one to four figures from 1 to 999, such as `7.1.1`")
    }
}

impl std::error::Error for NumberError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> ClauseNumber {
        text.parse().expect(text)
    }

    #[test]
    fn is_cited_and_addressed() {
        for (text, citation, anchor) in [
            ("7.1.1", "第七點第一款第一目", "p7-1-1"),
            ("5.11", "第五點第十一款", "p5-11"),
            ("12-1.2", "第十二之一點第二款", "p12_1-2"),
            ("1.2.3.4", "第一點第二款第三目之4", "p1-2-3-4"),
        ] {
            assert_eq!(number(text).citation(), citation);
            assert_eq!(number(text).anchor(), anchor);
            assert_eq!(number(text).to_string(), text);
        }
    }

    #[test]
    fn papers_cite_it_with_the_numbers_of_the_text() {
        assert_eq!(number("5.2.1").paper_citation(), "第五點第（二）款第1目");
        assert_eq!(number("12-1.2.3.4").paper_citation(), "第十二之一點第（二）款第3目之4");
    }

    #[test]
    fn sorts_as_the_text_does() {
        let sorted =
            ["2", "7", "7.1", "7.1.1", "7.2", "7.10", "12", "12-1", "12-1.1", "12-2", "13"];
        let mut numbers: Vec<_> = sorted.iter().rev().map(|text| number(text)).collect();
        numbers.sort();
        assert_eq!(numbers, sorted.map(number));
    }

    #[test]
    fn knows_its_family() {
        assert_eq!(number("7.1.1").parent(), Some(number("7.1")));
        assert_eq!(number("7").parent(), None);
        assert_eq!(number("7.1").depth(), 2);
        assert!(number("7.1.1").starts_with(&number("7.1")));
        assert!(number("7.1").starts_with(&number("7.1")));
        assert!(!number("71").starts_with(&number("7")));
        assert_eq!(number("1.1.1.1").child(Part::FIRST), None);
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", ".", "7.", "0", "07", "+7", "7.1.1.1.1", "1000", "七", "7-", "-1", "7 "] {
            assert_eq!(text.parse::<ClauseNumber>(), Err(NumberError), "{text}");
        }
    }

    #[test]
    fn inserted_parts_follow_what_they_were_inserted_after() {
        let follows = |after: &str, before: &str| {
            after.parse::<Part>().unwrap().follows(before.parse().unwrap())
        };
        assert!(follows("13", "12") && follows("12-1", "12"));
        assert!(follows("12-2", "12-1") && follows("13", "12-1"));
        assert!(!follows("12-2", "12") && !follows("14", "12-1") && !follows("12", "12"));
    }
}
