//! The characters without which a pattern cannot fit, told from its regular expression, so that most
//! patterns are passed over without a search. A pattern in, a question about a text out; never says no
//! where the pattern fits.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

/// A set of characters as bits. Some share one, so that a character may seem to be there that is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chars([u64; Self::WORDS]);

impl Chars {
    const WORDS: usize = 16;

    /// The characters of a text.
    pub fn of(text: impl IntoIterator<Item = char>) -> Self {
        let mut chars = Self::default();
        for c in text {
            let bit = Self::bit(c);
            chars.0[bit / 64] |= 1 << (bit % 64);
        }
        chars
    }

    fn holds(&self, c: char) -> bool {
        let bit = Self::bit(c);
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }

    fn bit(c: char) -> usize {
        c as usize % (Self::WORDS * 64)
    }
}

/// What a text must hold for a pattern to fit: of one of the alternatives, a character of each set.
#[derive(Clone, Debug)]
pub struct Needed(Vec<Vec<Vec<char>>>);

impl Needed {
    /// What the pattern needs.
    pub fn by(pattern: &Hir) -> Self {
        let lists = |sets: Vec<BTreeSet<char>>| {
            let mut lists: Vec<Vec<char>> =
                sets.into_iter().map(|set| set.into_iter().collect()).collect();
            // What is soon looked for, and seldom there, is asked first.
            lists.sort_by_key(Vec::len);
            lists
        };
        Self(alternatives(pattern).into_iter().map(lists).collect())
    }

    /// Whether a text of these characters may fit.
    pub fn are_in(&self, text: &Chars) -> bool {
        let holds_one = |set: &Vec<char>| set.iter().any(|c| text.holds(*c));
        self.0.iter().any(|sets| sets.iter().all(holds_one))
    }
}

fn alternatives(hir: &Hir) -> Vec<Vec<BTreeSet<char>>> {
    match hir.kind() {
        HirKind::Capture(capture) => alternatives(&capture.sub),
        HirKind::Alternation(all) => all.iter().flat_map(alternatives).collect(),
        _ => vec![sets(hir)],
    }
}

/// Sets of characters, of each of which whatever fits holds one.
fn sets(hir: &Hir) -> Vec<BTreeSet<char>> {
    /// A larger class says little.
    const MOST: u32 = 64;
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            text.chars().map(|c| BTreeSet::from([c])).collect()
        }
        HirKind::Class(Class::Unicode(class)) => {
            let size: u32 =
                class.iter().map(|range| range.end() as u32 - range.start() as u32 + 1).sum();
            if size > MOST {
                return Vec::new();
            }
            vec![class.iter().flat_map(|range| range.start()..=range.end()).collect()]
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => sets(&repetition.sub),
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Concat(all) => all.iter().flat_map(sets).collect(),
        HirKind::Alternation(all) => {
            let smallest = all.iter().map(|one| sets(one).into_iter().min_by_key(BTreeSet::len));
            let one_of: Option<Vec<_>> = smallest.collect();
            one_of.map(|sets| sets.into_iter().flatten().collect()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_fit(pattern: &str, text: &str) -> bool {
        let hir = regex_syntax::parse(pattern).expect("a pattern");
        Needed::by(&hir).are_in(&Chars::of(text.chars()))
    }

    #[test]
    fn what_lacks_a_needed_character_is_passed_over() {
        for (pattern, fits, lacks) in [
            ("每一?季|按季", "按季", "每月"),
            ("(?:應|須)(?:訂定|擬訂).{0,9}計畫", "應訂定甲計畫", "訂定計畫"),
            ("(?P<n>[0-9]+|[一二]+)(?:日|天)(?:以)?內", "二日內", "甲日內"),
            ("[^月]前$|者", "甲前", "甲月"),
        ] {
            assert!(may_fit(pattern, fits) && !may_fit(pattern, lacks), "{pattern}");
        }
    }

    #[test]
    fn what_may_be_missing_is_not_needed() {
        for (pattern, text) in [
            ("(?:甲|)乙", "乙"),
            ("甲*乙?", ""),
            ("^|甲", "乙"),
            (".{2,}", "乙丙"),
            ("(?:甲乙)?丙", "丙"),
        ] {
            assert!(may_fit(pattern, text), "{pattern}");
        }
    }
}
