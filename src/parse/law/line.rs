//! The lines of a text as they lie on the page: where each begins, how far in, how wide, and
//! whether its end is the end of a sentence. Also how two lines become one again.

use std::ops::Range;

/// A line that is not blank. Columns count half-width cells; a Han character has two.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// From 1.
    pub number: usize,
    /// Bytes before the first character.
    pub start: usize,
    /// Without white space around it.
    pub text: &'a str,
    /// Columns of white space in front.
    pub indent: usize,
    /// Whether a blank line stands above it.
    pub blank_before: bool,
}

impl Line<'_> {
    /// The columns the line reaches to, indentation included.
    pub fn reach(&self) -> usize {
        self.indent + columns(self.text)
    }

    /// The bytes of the text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The lines of `text` that hold anything but white space. A byte order mark in front is no text.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut last_filled) = (0, 0);
    for (at, raw) in text.split('\n').enumerate() {
        let body = raw.trim_start_matches(is_blank);
        if !body.is_empty() {
            let lead = raw.len() - body.len();
            let indent = columns(&raw[..lead]);
            let text = body.trim_end_matches(is_blank);
            let blank_before = at > last_filled + 1;
            last_filled = at;
            lines.push(Line { number: at + 1, start: start + lead, text, indent, blank_before });
        }
        start += raw.len() + 1;
    }
    lines
}

/// White space, and the marks that take no room and say nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// How a line ends, closing quotes and brackets aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With 。 or ：, after which a new 項 or a clause may begin.
    Sentence,
    /// With ；, after which a clause may begin, but no new 項.
    Part,
    /// With ，、 or an opening bracket: the sentence goes on.
    Middle,
    /// Without punctuation: the end of a title, or of the paper.
    Bare,
}

/// How `text` ends.
pub fn ending(text: &str) -> Ending {
    let closing = ['」', '』', '）', ')', '】', '〕', '》', '”'];
    let text = text.trim_end_matches(|c: char| c == '|' || c == '｜' || c.is_whitespace());
    match text.trim_end_matches(closing).chars().next_back() {
        Some('。' | '：' | '！' | '？' | ':' | '︰') => Ending::Sentence,
        Some('；' | ';') => Ending::Part,
        Some('，' | '、' | ',' | '（' | '(' | '「' | '『' | '〈' | '《' | '【' | '〔') => {
            Ending::Middle
        }
        _ => Ending::Bare,
    }
}

/// Adds a wrapped line to the text it goes on from: between two ASCII words with the space the
/// wrap took the place of, else without.
pub fn join(text: &mut String, next: &str) {
    let before = text.chars().next_back();
    let after = next.chars().next();
    if let (Some(before), Some(after)) = (before, after) {
        let words = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        let phrases = matches!(before, ',' | '.' | ';' | ':') && after.is_ascii_alphabetic();
        if words || phrases {
            text.push(' ');
        }
    }
    text.push_str(next);
}

/// The width of `text` in half-width cells. Han, kana and full-width forms have two.
pub fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => 0,
            c if c < '\u{1100}' => 1,
            _ => 2,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_join_as_they_were_written() {
        for (before, after, joined) in [
            ("自", "動驗印", "自動驗印"),
            ("固定 Internet", "Protocol(以下", "固定 Internet Protocol(以下"),
            ("等 IP", "應移除", "等 IP應移除"),
            ("件，", "IP", "件，IP"),
            ("", "一", "一"),
        ] {
            let mut text = before.to_owned();
            join(&mut text, after);
            assert_eq!(text, joined);
        }
    }

    #[test]
    fn lines_know_their_place() {
        let found = lines("\u{feff}頭\n\n \u{c}  甲 1 \r\n乙");
        let places: Vec<_> =
            found.iter().map(|line| (line.number, line.start, line.text)).collect();
        assert_eq!(places, [(1, 3, "頭"), (3, 12, "甲 1"), (4, 20, "乙")]);
        assert_eq!((found[1].indent, found[1].reach()), (4, 8));
    }

    #[test]
    fn closing_brackets_do_not_hide_the_end_of_a_sentence() {
        assert_eq!(ending("（含帳號及密碼。）"), Ending::Sentence);
        assert_eq!(ending("（如附件四）"), Ending::Bare);
        assert_eq!(ending("登記表（"), Ending::Middle);
        assert_eq!(ending("者；"), Ending::Part);
    }
}
