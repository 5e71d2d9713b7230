//! The words a draft is read from: `patterns.txt`, in sections of regular expressions. Compiled once;
//! a line that is no pattern is a fault of the program, which a test finds.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::figure;
use super::needed::{Chars, Needed};

/// One line of the file.
struct Pattern {
    value: &'static str,
    regex: Regex,
    needed: Needed,
}

impl Pattern {
    fn fits(&self, text: &str, chars: &Chars) -> bool {
        self.needed.are_in(chars) && self.regex.is_match(text)
    }
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
        let hir = regex_syntax::parse(&regex).unwrap_or_else(|error| panic!("{line}: {error}"));
        let regex = Regex::new(&regex).unwrap_or_else(|error| panic!("{line}: {error}"));
        let needed = Needed::by(&hir);
        patterns.entry(section).or_default().push(Pattern { value, regex, needed });
    }
    patterns
});

/// The patterns of a section that fit, in the order of the file; none of one that the file does not have.
fn fitting(section: &str, text: &str) -> impl Iterator<Item = &'static Pattern> {
    let chars = Chars::of(text.chars());
    let all = PATTERNS.get(section).map_or(&[][..], Vec::as_slice);
    all.iter().filter(move |pattern| pattern.fits(text, &chars))
}

/// The first pattern of a section that fits, in the order of the file.
pub fn first<'t>(section: &str, text: &'t str) -> Option<Hit<'t>> {
    hits(section, text).next()
}

/// Every pattern of a section that fits, each at its first place.
pub fn hits<'t>(section: &str, text: &'t str) -> impl Iterator<Item = Hit<'t>> {
    // Most do not fit, and to know that takes less than to know where the groups are.
    fitting(section, text).filter_map(|pattern| Some(hit(pattern, pattern.regex.captures(text)?)))
}

/// Every place at which a pattern of a section fits, in the order of the text.
pub fn all<'t>(section: &str, text: &'t str) -> Vec<Hit<'t>> {
    let mut found: Vec<Hit<'t>> = fitting(section, text)
        .flat_map(|pattern| {
            pattern.regex.captures_iter(text).map(move |captures| hit(pattern, captures))
        })
        .collect();
    found.sort_by_key(|hit| (hit.start, hit.end));
    found
}

/// Whether any pattern of a section fits.
pub fn fits(section: &str, text: &str) -> bool {
    fitting(section, text).next().is_some()
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
    use crate::source::embedded;

    #[test]
    fn every_line_of_the_file_is_a_pattern_of_a_section() {
        assert!(PATTERNS.values().map(Vec::len).sum::<usize>() > 80);
        assert!(!PATTERNS.contains_key(""));
    }

    #[test]
    fn no_pattern_that_fits_is_passed_over() {
        let texts = embedded::regulations().into_iter().filter(|(name, _)| name.ends_with(".txt"));
        let texts: Vec<String> =
            texts.map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect();
        let mut fitted = 0;
        for line in texts.iter().flat_map(|text| text.lines()) {
            let text = figure::shape(line);
            let chars = Chars::of(text.chars());
            for pattern in PATTERNS.values().flatten() {
                if pattern.regex.is_match(&text) {
                    fitted += 1;
                    assert!(pattern.fits(&text, &chars), "{}: {text}", pattern.regex);
                }
            }
        }
        assert!(fitted > 500, "{fitted}");
    }
}
