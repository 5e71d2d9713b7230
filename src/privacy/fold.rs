//! A text as a person would read it aloud: each character as what it looks like, those nobody sees
//! left out, each with the place it came from.

use std::ops::Range;

use super::look::look;
use super::markup;
use crate::hidden::is_hidden;

/// The characters of a text as they look.
pub struct Folded {
    pub chars: Vec<char>,
    places: Vec<(u32, u32)>,
    /// How many characters of the words before the text stand in front.
    lead: usize,
}

impl Folded {
    /// Folds `text`, with the words `before` in front for context.
    pub fn new(before: &str, text: &str) -> Self {
        let mut folded = Self { chars: Vec::new(), places: Vec::new(), lead: 0 };
        for c in before.chars().filter(|c| !is_unseen(*c)) {
            folded.push(look(c), 0..0);
        }
        if !before.is_empty() {
            folded.push(':', 0..0);
        }
        folded.lead = folded.chars.len();
        for (at, c) in text.char_indices().filter(|(_, c)| !is_unseen(*c)) {
            folded.push(look(c), at..at + c.len_utf8());
        }
        folded
    }

    /// Folds a text as a page would show it: tags are left out, entities are the characters they
    /// stand for, marks of emphasis and code are not seen.
    pub fn of_markup(before: &str, text: &str) -> Self {
        let mut folded = Self::new(before, "");
        for (place, c) in markup::shown(text).filter(|(_, c)| !is_unseen(*c)) {
            folded.push(look(c), place);
        }
        folded
    }

    fn push(&mut self, c: char, place: Range<usize>) {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.chars.push(c);
        self.places.push((narrow(place.start), narrow(place.end)));
    }

    /// Where the text itself begins.
    pub fn lead(&self) -> usize {
        self.lead
    }

    /// The character at `at`, or none behind the end.
    pub fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character before `at`.
    pub fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    /// The place of one character in the text.
    pub fn place(&self, at: usize) -> Range<usize> {
        let (start, end) = self.places[at];
        start as usize..end as usize
    }

    /// The place of the characters `from..to` in the text.
    pub fn span(&self, from: usize, to: usize) -> Range<usize> {
        self.place(from).start..self.place(to - 1).end
    }

    /// Whether one of `words`, written in small letters, stands in the `within` characters before `at`.
    pub fn is_behind(&self, at: usize, within: usize, words: &[&str]) -> bool {
        let text = &self.chars[at.saturating_sub(within)..at];
        let begins = |text: &[char], word: &str| {
            let mut chars = text.iter().map(char::to_ascii_lowercase);
            word.chars().all(|c| chars.next() == Some(c))
        };
        words.iter().any(|word| (0..text.len()).any(|at| begins(&text[at..], word)))
    }
}

/// The value of a digit, Chinese ones too.
pub fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => c as u8 - b'0',
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' | '壱' | '弌' => 1,
        '二' | '貳' | '贰' | '弍' | '弐' => 2,
        '三' | '參' | '叁' | '参' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陸' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(value)
}

/// Whether `c` goes on a word or number of ASCII.
pub fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// What nobody sees, save the ends of lines and tabs; marks that are put on a letter too.
fn is_unseen(c: char) -> bool {
    (is_hidden(c) && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        let folded = Folded::new("", "a\u{200b}1\u{e0041}\u{301}");
        assert_eq!(folded.chars, ['a', '1']);
        assert_eq!(folded.place(1), 4..5);
    }
}
