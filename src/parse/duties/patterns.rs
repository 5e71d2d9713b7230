//! The words a draft is read from: `patterns.txt`, in sections of regular expressions. Compiled once;
//! a line that is no pattern is a fault of the program, which a test finds.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::figure;

/// One line of the file.
struct Pattern {
    value: &'static str,
    regex: Regex,
}

/// Where a pattern fits.
pub struct Hit<'t> {
    /// What the line says in front of its `=`.
    pub value: &'static str,
    /// The words that fit.
    pub words: &'t str,
    /// In bytes of the text that was searched.
    pub start: usize,
    pub end: usize,
    captures: Captures<'t>,
}

const FILE: &str = include_str!("patterns.txt");

/// A number in figures or characters.
const NUMBER: &str = "[0-9][0-9,]*|[一二三四五六七八九十百千萬零〇廿卅兩]+";

/// What follows the name of a number in the second and third alternative.
const AGAIN: [&str; 4] = ["", "_2", "_3", "_4"];

static PATTERNS: LazyLock<HashMap<&'static str, Vec<Pattern>>> = LazyLock::new(|| {
    let mut section = "";
    let mut patterns: HashMap<&str, Vec<Pattern>> = HashMap::new();
    for line in FILE.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        let (value, regex) = line.split_once(" = ").expect("VALUE = PATTERN");
        let mut regex = regex.to_owned();
        for name in ["n", "m", "a", "b", "c", "d"] {
            // Each alternative of a pattern may have the number; no two groups have one name.
            for again in AGAIN {
                regex = regex.replacen(
                    &format!("{{{name}}}"),
                    &format!("(?P<{name}{again}>{NUMBER})"),
                    1,
                );
            }
        }
        let regex = Regex::new(&regex).unwrap_or_else(|error| panic!("{line}: {error}"));
        patterns.entry(section).or_default().push(Pattern { value, regex });
    }
    patterns
});

/// The patterns of a section; none of one that the file does not have.
fn of(section: &str) -> &'static [Pattern] {
    PATTERNS.get(section).map_or(&[], Vec::as_slice)
}

/// The first pattern of a section that fits, in the order of the file.
pub fn first<'t>(section: &str, text: &'t str) -> Option<Hit<'t>> {
    hits(section, text).next()
}

/// Every pattern of a section that fits, each at its first place.
pub fn hits<'t>(section: &str, text: &'t str) -> impl Iterator<Item = Hit<'t>> {
    // Most do not fit, and to know that takes less than to know where the groups are.
    let fitting = of(section).iter().filter(|pattern| pattern.regex.is_match(text));
    fitting.filter_map(|pattern| Some(hit(pattern, pattern.regex.captures(text)?)))
}

/// Every place at which a pattern of a section fits, in the order of the text.
pub fn all<'t>(section: &str, text: &'t str) -> Vec<Hit<'t>> {
    let fitting = of(section).iter().filter(|pattern| pattern.regex.is_match(text));
    let mut found: Vec<Hit<'t>> = fitting
        .flat_map(|pattern| {
            pattern.regex.captures_iter(text).map(move |captures| hit(pattern, captures))
        })
        .collect();
    found.sort_by_key(|hit| (hit.start, hit.end));
    found
}

/// Whether any pattern of a section fits.
pub fn fits(section: &str, text: &str) -> bool {
    of(section).iter().any(|pattern| pattern.regex.is_match(text))
}

fn hit<'t>(pattern: &'static Pattern, captures: Captures<'t>) -> Hit<'t> {
    let whole = captures.get(0).expect("group 0 is the whole");
    Hit {
        value: pattern.value,
        words: whole.as_str(),
        start: whole.start(),
        end: whole.end(),
        captures,
    }
}

impl<'t> Hit<'t> {
    /// The words of a group.
    pub fn group(&self, name: &str) -> Option<&'t str> {
        self.captures.name(name).map(|group| group.as_str())
    }

    /// The number of a group.
    pub fn number(&self, name: &str) -> Option<u64> {
        let named = |again: &str| self.group(&format!("{name}{again}"));
        figure::read(AGAIN.iter().find_map(|again| named(again))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_pattern_of_a_section() {
        assert!(PATTERNS.values().map(Vec::len).sum::<usize>() > 80);
        assert!(!PATTERNS.contains_key(""));
    }
}
